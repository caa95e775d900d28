//! The OpenAPI document, made of the table of routes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use app::{Permission, Scope};
use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use super::operation::{Gives, Named, Takes};
use super::{Operation, operations};
use crate::server::{Needs, Route};

/// What may go wrong with anything that needs a key.
const ALWAYS: [(u16, &str); 6] = [
    (400, "The address or the query cannot be read"),
    (401, "No key, or one that does not hold"),
    (403, "The scopes of the key do not allow it"),
    (404, "Not here, or another client's"),
    (422, "Something that was given is wrong; `field` names it"),
    (500, "Kontor failed; the operator finds the reason by `request`"),
];

/// What may go wrong where something is changed.
const CHANGING: [(u16, &str); 5] = [
    (409, "It does not fit the state things are in"),
    (413, "It is too large"),
    (415, "A body of another kind is expected"),
    (429, "Too often; later again"),
    (502, "The provider does not answer, or refuses"),
];

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/api/v1/openapi.json", Needs::Nobody, show)]
}

async fn show() -> Response {
    Json(document()).into_response()
}

/// The document. It is made once.
pub(super) fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(make);
    &DOCUMENT
}

fn make() -> Value {
    let mut paths: BTreeMap<&'static str, Map<String, Value>> = BTreeMap::new();
    let mut schemas = Map::new();
    schemas.insert("Problem".to_owned(), problem());
    for route in operations() {
        let Some(operation) = &route.operation else { continue };
        let told = tell(&route, operation, &mut schemas);
        paths.entry(route.path).or_default().insert(route.method.as_str().to_lowercase(), told);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Kontor",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What a page of Kontor does, a program can do too. A key belongs to one client and is made under «Users and rights». Errors are problems by RFC 9457; lists go on with `next`. Amounts are integers in minor units.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "key": { "type": "http", "scheme": "bearer", "description": "An API key: `Authorization: Bearer kontor_…`" },
            },
        },
        "security": [{ "key": [] }],
    })
}

fn tell(route: &Route, operation: &Operation, schemas: &mut Map<String, Value>) -> Value {
    let mut parameters: Vec<Value> = in_path(route.path).map(path_parameter).collect();
    parameters.extend(operation.query.iter().map(|parameter| json!(parameter)));
    let mut told = json!({
        "tags": [operation.subject],
        "operationId": name(route),
        "summary": operation.summary,
        "description": format!("Scopes that allow it: {}.", scopes(route.needs).join(", ")),
        "parameters": parameters,
        "responses": answers(route, operation, schemas),
    });
    if let Some(takes) = &operation.takes {
        told["requestBody"] = body(takes, schemas);
    }
    told
}

/// `post-clients-client-months-month-export`.
fn name(route: &Route) -> String {
    let path = route.path.trim_start_matches("/api/v1/").replace(['{', '}'], "").replace('/', "-");
    format!("{}-{path}", route.method.as_str().to_lowercase())
}

fn in_path(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn path_parameter(name: &'static str) -> Value {
    let schema = match name {
        "month" => json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" }),
        "movement" => json!({ "type": "string", "pattern": "^[0-9]+\\.[0-9]+$" }),
        "version" | "file" => json!({ "type": "integer", "format": "int64", "minimum": 0 }),
        _ => json!({ "type": "string", "format": "uuid" }),
    };
    json!({ "name": name, "in": "path", "required": true, "schema": schema })
}

/// The scopes that allow what a route needs.
pub(super) fn scopes(needs: Needs) -> Vec<&'static str> {
    let Needs::Key(permission) = needs else { return Vec::new() };
    let allow = |scope: &Scope| Permission::of_scope(permission, *scope);
    Scope::ALL.iter().filter(|scope| allow(scope)).map(|scope| scope.name()).collect()
}

fn reference(named: &Named, schemas: &mut Map<String, Value>) -> Value {
    for (name, schema) in &named.all {
        schemas.insert(name.clone(), json!(schema));
    }
    json!({ "$ref": format!("#/components/schemas/{}", named.name) })
}

fn body(takes: &Takes, schemas: &mut Map<String, Value>) -> Value {
    let content = match takes {
        Takes::Json(named) => json!({ "application/json": { "schema": reference(named, schemas) } }),
        Takes::Bytes(kinds) => kinds
            .iter()
            .map(|kind| ((*kind).to_owned(), json!({ "schema": bytes() })))
            .collect::<Map<_, _>>()
            .into(),
    };
    json!({ "required": true, "content": content })
}

/// Bytes have no schema in JSON's terms (OpenAPI 3.1, 4.8.14.3).
fn bytes() -> Value {
    json!({})
}

fn answers(route: &Route, operation: &Operation, schemas: &mut Map<String, Value>) -> Value {
    let mut answers = Map::new();
    let (status, answer) = match &operation.gives {
        Gives::Json(status, named) => {
            let content = json!({ "application/json": { "schema": reference(named, schemas) } });
            (*status, json!({ "description": operation.summary, "content": content }))
        }
        Gives::Bytes(kind) => {
            (200, json!({ "description": operation.summary, "content": { *kind: { "schema": bytes() } } }))
        }
        Gives::Nothing => (204, json!({ "description": "Done" })),
    };
    answers.insert(status.to_string(), answer);
    let changing = route.method != axum::http::Method::GET;
    let problems = ALWAYS.into_iter().chain(CHANGING.into_iter().filter(|_| changing));
    for (status, description) in problems {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let content = json!({ "application/problem+json": { "schema": schema } });
        answers.insert(status.to_string(), json!({ "description": description, "content": content }));
    }
    // Books that do not hold together cannot be shown.
    if !changing {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let content = json!({ "application/problem+json": { "schema": schema } });
        answers.insert("409".to_owned(), json!({ "description": CHANGING[0].1, "content": content }));
    }
    Value::Object(answers)
}

/// What `server::problem` answers (RFC 9457).
fn problem() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "description": "A problem (RFC 9457)",
        "required": ["type", "title", "status", "code", "detail", "request"],
        "properties": {
            "type": text, "title": text, "status": { "type": "integer" },
            "code": { "type": "string", "description": "A word for programs, unchanging" },
            "detail": { "type": "string", "description": "What is wrong and what to do" },
            "detail_de": { "type": "string", "description": "The same in German" },
            "field": { "type": ["string", "null"], "description": "The field that is wrong" },
            "request": { "type": "string", "description": "By which the log finds the request" },
        },
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_for_programs_stands_in_the_document_and_nothing_else() {
        let table: BTreeSet<(String, String)> = crate::routes()
            .iter()
            .filter(|route| matches!(route.needs, Needs::Key(_)) || route.path.starts_with("/api/v1/clients"))
            .map(|route| (route.path.to_owned(), route.method.as_str().to_lowercase()))
            .collect();
        let paths = document()["paths"].as_object().unwrap();
        let told = paths.iter().flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(|method| (path.clone(), method.clone()))
        });
        assert_eq!(told.collect::<BTreeSet<_>>(), table);
        assert!(table.len() > 35, "{}", table.len());
    }

    #[test]
    fn each_list_has_a_schema_of_its_own() {
        let schemas = document()["components"]["schemas"].as_object().unwrap();
        let lists: Vec<&str> = schemas.keys().filter_map(|name| name.strip_prefix("ListOf")).collect();
        assert!(lists.len() > 5, "{lists:?}");
        for item in lists {
            let items = &schemas[&format!("ListOf{item}")]["properties"]["items"]["items"]["$ref"];
            assert_eq!(items, &format!("#/components/schemas/{item}"));
        }
    }

    #[test]
    fn every_reference_leads_to_a_schema_and_every_name_is_one() {
        let text = document().to_string();
        let schemas = document()["components"]["schemas"].as_object().unwrap();
        for rest in text.split("\"#/components/schemas/").skip(1) {
            let name = rest.split('"').next().unwrap();
            assert!(schemas.contains_key(name), "{name}");
        }
        let names: Vec<&str> =
            text.split("\"operationId\":\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let unique: BTreeSet<&&str> = names.iter().collect();
        assert_eq!(unique.len(), names.len());
    }

    #[test]
    fn a_private_key_stands_in_no_answer() {
        for (name, schema) in document()["components"]["schemas"].as_object().unwrap() {
            let shown = schema["properties"].as_object().into_iter().flatten();
            let secret = shown.filter(|(field, _)| field.contains("private") || field.contains("token"));
            for (field, schema) in secret {
                assert_eq!(schema["writeOnly"], Value::Bool(true), "{name}.{field}");
            }
        }
    }
}
