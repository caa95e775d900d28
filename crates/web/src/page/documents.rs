//! `Originalberichte`: the list of every document as it was received.

use app::documents::{Document, Source};
use store::id::ConnectionId;

use super::{Frame, Sheet, chain};
use crate::{
    address::Place,
    component::{Action, Badge, Cell, Chip, Chips, Column, Empty, Pager, Part, Section, Table, Tone},
    text::Words,
};

/// The connections of a client by what people call them.
#[derive(Clone, Debug, Default)]
pub struct Labels(pub Vec<(ConnectionId, String)>);

impl Labels {
    /// What a connection is called.
    pub fn of(&self, connection: Option<&ConnectionId>) -> Option<&str> {
        let connection = connection?;
        self.0.iter().find(|(id, _)| id == connection).map(|(_, label)| label.as_str())
    }
}

/// From when until when, in days.
pub fn period(t: &Words, document: &Document) -> String {
    let (start, end) = (document.received.period_start, document.received.period_end);
    let (start, end) = (chain::day(t, start), chain::last_day(t, end));
    let first = if start.year() == end.year() { t.day(start) } else { t.date(start) };
    if start == end { t.date(end) } else { format!("{first} – {}", t.date(end)) }
}

/// How a document came.
pub fn source(t: &Words, source: Source) -> &'static str {
    match source {
        Source::Api => t.source_api(),
        Source::Upload => t.source_upload(),
    }
}

/// Whether its rows were proved, or a person took it.
pub fn verdict(t: &Words, document: &Document) -> Badge {
    if document.received.accepted_because.is_some() {
        Badge::new(Tone::Warn, t.accepted())
    } else {
        Badge::new(Tone::Good, t.proved())
    }
}

/// Documents as a list.
pub fn table(frame: &Frame, documents: &[Document], labels: &Labels) -> Table {
    let t = &frame.t;
    let columns = vec![
        Column::text(t.settlement()),
        Column::text(t.period()),
        Column::number(t.rows_column()),
        Column::text(t.source()),
        Column::text(t.received()),
        Column::text(t.proof()),
        Column::text(t.sha256()),
        Column::acts(),
    ];
    // Whose it is goes without saying where there is one merchant.
    let seller = documents.first().map(|document| &document.received.seller);
    let several = documents.iter().any(|document| Some(&document.received.seller) != seller);
    Table::new(t, t.place_documents(), columns).rows(documents.iter().map(|document| {
        let received = &document.received;
        let name = document.settlement.as_ref().map_or(&received.file_name, |of| &of.identifier);
        let owner = labels.of(received.connection.as_ref()).unwrap_or(&received.seller);
        let href = frame.below(Place::Documents, &format!("/{}", received.id));
        vec![
            Cell::Strong(name.clone()),
            Cell::Text(period(t, document)),
            Cell::Count(received.rows),
            if several {
                Cell::Noted(source(t, received.source).to_owned(), owner.to_owned())
            } else {
                Cell::Text(source(t, received.source).to_owned())
            },
            Cell::Recent(received.received_at),
            Cell::Badge(verdict(t, document)),
            Cell::Code(received.sha256.chars().take(12).collect()),
            Cell::Link(Action::new(t.open(), href)),
        ]
    }))
}

/// The same list as a file holds it: with names, numbers and hashes whole.
pub fn file(t: &Words, documents: &[Document], labels: &Labels) -> Table {
    let columns = vec![
        Column::text(t.settlement()),
        Column::text(t.upload_file()),
        Column::text(t.from()),
        Column::text(t.until()),
        Column::number(t.rows_column()),
        Column::number(t.file_size()),
        Column::text(t.seller_id()),
        Column::text(t.connection_one()),
        Column::text(t.source()),
        Column::text(t.provider_report()),
        Column::text(t.received()),
        Column::text(t.proof()),
        Column::text(t.sha256()),
    ];
    Table::new(t, t.place_documents(), columns).rows(documents.iter().map(|document| {
        let received = &document.received;
        let settlement = document.settlement.as_ref();
        vec![
            settlement.map_or(Cell::Empty, |of| Cell::Text(of.identifier.clone())),
            Cell::Text(received.file_name.clone()),
            Cell::Date(chain::day(t, received.period_start)),
            Cell::Date(chain::last_day(t, received.period_end)),
            Cell::Count(received.rows),
            Cell::Count(received.bytes),
            Cell::Text(received.seller.clone()),
            Cell::Text(labels.of(received.connection.as_ref()).unwrap_or_default().to_owned()),
            Cell::Text(source(t, received.source).to_owned()),
            Cell::Text(received.provider_report.clone().unwrap_or_default()),
            Cell::Moment(received.received_at),
            Cell::Badge(verdict(t, document)),
            Cell::Code(received.sha256.clone()),
        ]
    }))
}

/// What a page of the list shows.
#[derive(Clone, Debug, Default)]
pub struct DocumentList {
    pub documents: Vec<Document>,
    pub labels: Labels,
    /// The connection to which the list is narrowed.
    pub connection: Option<ConnectionId>,
    /// Whether it begins somewhere behind the newest.
    pub is_later: bool,
    /// Whether there are more.
    pub more: bool,
}

/// The page.
pub fn page(frame: Frame, shown: &DocumentList) -> Sheet {
    let t = frame.t.clone();
    let here = frame.at(Place::Documents);
    let narrowed = shown.connection.as_ref().map(|id| format!("?connection={id}"));
    let address = format!("{here}{}", narrowed.as_deref().unwrap_or_default());
    let (newest, oldest) = (shown.documents.first(), shown.documents.last());
    let mut parts = Vec::new();
    if shown.labels.0.len() > 1 {
        let mut chips = vec![Chip::new(t.all_connections(), &here, shown.connection.is_none())];
        chips.extend(shown.labels.0.iter().map(|(id, label)| {
            Chip::new(label, format!("{here}?connection={id}"), shown.connection.as_ref() == Some(id))
        }));
        parts.push(Part::Chips(Chips::new(&t, chips)));
    }
    let upload = frame.has(Place::Uploads).then(|| frame.at(Place::Uploads));
    match newest.zip(oldest) {
        None => {
            let empty = Empty::new("file", t.documents_none(), t.documents_none_text());
            parts.push(Part::Empty(match &upload {
                Some(href) => empty.first(Action::new(t.connect_to_uploads(), href)),
                None => empty,
            }));
        }
        Some((newest, oldest)) => {
            parts.push(Part::Table(table(&frame, &shown.documents, &shown.labels)));
            let join = if address.contains('?') { '&' } else { '?' };
            let after = shown.more.then(|| format!("{address}{join}before={}", oldest.received.id));
            let before = shown.is_later.then(|| address.clone());
            let day = |document: &Document| t.moment(document.received.received_at);
            parts.push(Part::Pager(Pager::new(
                &t,
                t.documents_shown(day(newest), day(oldest)),
                before,
                after,
            )));
        }
    }
    let sheet = Sheet::new(frame, t.place_documents(), t.documents_lead());
    let sheet = if shown.documents.is_empty() { sheet } else { sheet.as_files(&address) };
    let sheet = match upload {
        Some(href) => sheet.also(t.upload_send(), href),
        None => sheet,
    };
    sheet.card(Section::untitled(parts))
}
