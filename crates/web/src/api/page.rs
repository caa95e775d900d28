//! The OpenAPI document for people: a page made of it on the server, without anybody's script.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use super::document::document;
use crate::component::{Cell, Column, Part, Section, Table};
use crate::page::sheet::Sheet;
use crate::server::{Needs, Page, Problem, Route, Visitor, WebState, frame};
use crate::text::Words;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/api", Needs::Nobody, show)]
}

async fn show(State(state): State<WebState>, visitor: Visitor) -> Result<Response, Problem> {
    let frame = frame(&state, &visitor, None, None).await?;
    let t = frame.t.clone();
    let mut sheet =
        Sheet::new(frame, t.api_title(), t.api_lead()).also("openapi.json", "/api/v1/openapi.json");
    for (subject, operations) in subjects() {
        let table = operations_table(&t, subject, &operations);
        sheet = sheet.card(Section::new(subject, vec![Part::Table(table)]));
    }
    let schemas = document()["components"]["schemas"].as_object();
    let rows = schemas.into_iter().flatten().flat_map(|(name, schema)| fields(name, schema));
    let columns = vec![
        Column::text(t.api_schema()),
        Column::text(t.api_field()),
        Column::text(t.api_type()),
        Column::text(t.api_meaning()),
    ];
    let table = Table::new(&t, t.api_schemas(), columns).rows(rows);
    Ok(Page(sheet.card(Section::new(t.api_schemas(), vec![Part::Table(table)]))).into_response())
}

/// An operation of the document: method, path and what is told of it.
type Told = (String, &'static str, &'static Value);

/// The subjects in the order of their addresses, each with its operations.
fn subjects() -> Vec<(&'static str, Vec<Told>)> {
    let mut subjects: Vec<(&'static str, Vec<Told>)> = Vec::new();
    for (path, methods) in document()["paths"].as_object().into_iter().flatten() {
        for (method, told) in methods.as_object().into_iter().flatten() {
            let subject = told["tags"][0].as_str().unwrap_or_default();
            let operation = (method.to_uppercase(), path.as_str(), told);
            match subjects.iter_mut().find(|(name, _)| *name == subject) {
                Some((_, operations)) => operations.push(operation),
                None => subjects.push((subject, vec![operation])),
            }
        }
    }
    subjects
}

fn operations_table(t: &Words, subject: &str, operations: &[Told]) -> Table {
    let columns = vec![
        Column::text(t.api_operation()),
        Column::text(t.api_what()),
        Column::text(t.api_takes()),
        Column::text(t.api_gives()),
    ];
    let rows = operations.iter().map(|(method, path, told)| {
        let said = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
        vec![
            Cell::Code(format!("{method} {path}")),
            Cell::Noted(said("summary"), said("description")),
            Cell::Text(takes(told)),
            Cell::Text(gives(told)),
        ]
    });
    Table::new(t, subject, columns).rows(rows)
}

fn takes(told: &Value) -> String {
    let query =
        told["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "query");
    let mut all: Vec<String> =
        query.filter_map(|parameter| Some(format!("?{}", parameter["name"].as_str()?))).collect();
    all.extend(content(&told["requestBody"]));
    all.join(", ")
}

fn gives(told: &Value) -> String {
    let answers = told["responses"].as_object().into_iter().flatten();
    let good = answers.filter(|(status, _)| status.starts_with('2'));
    let told = good.map(|(status, answer)| {
        let content = content(answer).join(", ");
        format!("{status} {content}").trim_end().to_owned()
    });
    told.collect::<Vec<_>>().join(", ")
}

/// Schemas by their names, bytes by their kind.
fn content(of: &Value) -> Vec<String> {
    let kinds = of["content"].as_object().into_iter().flatten();
    kinds.map(|(kind, content)| type_of(&content["schema"]).unwrap_or_else(|| kind.clone())).collect()
}

fn type_of(schema: &Value) -> Option<String> {
    if let Some(name) = schema["$ref"].as_str() {
        return name.rsplit('/').next().map(str::to_owned);
    }
    if let Some(options) = schema["oneOf"].as_array() {
        return Some(options.iter().filter_map(type_of).collect::<Vec<_>>().join(" | "));
    }
    let name = match &schema["type"] {
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => return None,
    };
    match type_of(&schema["items"]) {
        Some(item) => Some(format!("{name} ({item})")),
        None => Some(name),
    }
}

fn fields(name: &str, schema: &Value) -> Vec<Vec<Cell>> {
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let fields = schema["properties"].as_object().into_iter().flatten();
    let row = |(field, schema): (&String, &Value)| {
        let mark = if required.contains(&field.as_str()) { "" } else { "?" };
        vec![
            Cell::Quiet(name.to_owned()),
            Cell::Code(format!("{field}{mark}")),
            Cell::Text(type_of(schema).unwrap_or_default()),
            Cell::Text(schema["description"].as_str().unwrap_or_default().to_owned()),
        ]
    };
    fields.map(row).collect()
}
