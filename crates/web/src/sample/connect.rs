use app::connections::{Connection, ConnectionState, Overview, Shown, Trouble};
use app::{AppError, Refusal};
use store::fetches::{Counts, Fetch, FetchOutcome};
use store::id::{ClientId, ConnectionId};
use store::jobs::{Job, JobState};

use super::{CLIENT, frame, gallery::Sample};
use crate::{
    address::Place,
    page::{
        connect::{AmazonPayEntries, AmazonPayForm, Providers},
        connection::{self, ConnectionView},
    },
    text::Words,
};

pub(super) const ID: &str = "01938c5e-7d3a-7c1b-9a55-3f2f5b7d1c21";

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    let frame = || frame(t, Place::Connections);
    let typed = AmazonPayEntries {
        label: "Teehaus DE".to_owned(),
        seller_id: "A3B7EXAMPLE2K9".to_owned(),
        public_key_id: "LIVE-AFVX7ULWSGBZ5535PCUQOY7B".to_owned(),
        start_date: "2026-09-01".to_owned(),
    };
    let wrong: AppError = Refusal::invalid(
        "private-key",
        "key-encrypted",
        "Der Schlüssel ist mit einem Passwort verschlüsselt. Nehmen Sie die Datei, die Amazon heruntergeladen hat, unverändert.",
        "The key is encrypted with a password. Take the file that Amazon downloaded as it is.",
    )
    .into();
    let view = |overview, history| ConnectionView {
        overview,
        history,
        refused: Vec::new(),
        chain: None,
        error: None,
    };
    vec![
        Sample::of("providers", Providers::new(frame())),
        Sample::of("amazon-pay", AmazonPayForm::new(frame(), &AmazonPayEntries::default(), None)),
        Sample::of("amazon-pay-wrong-key", AmazonPayForm::new(frame(), &typed, Some(&wrong))),
        Sample::of("amazon-pay-another-key", AmazonPayForm::another_key(frame(), ID, "", None)),
        Sample::of("connections", connection::list(frame(), &[overview(Shown::Ok), overview(Shown::Error)])),
        Sample::of("connections-empty", connection::list(frame(), &[])),
        Sample::of("connection", connection::page(frame(), &view(overview(Shown::Ok), history()))),
        Sample::of(
            "connection-running",
            connection::page(frame(), &view(overview(Shown::Running), Vec::new())),
        ),
        Sample::of("connection-failed", connection::page(frame(), &view(overview(Shown::Error), history()))),
    ]
}

pub(super) fn overview(shown: Shown) -> Overview {
    let at = |text: &str| text.parse().unwrap();
    let failed = shown == Shown::Error;
    let trouble = Trouble {
        code: "key-refused".to_owned(),
        german: "Amazon erkennt den Schlüssel nicht mehr. Er wurde vermutlich in Seller Central gelöscht; erstellen Sie dort einen neuen.".to_owned(),
        english: "Amazon no longer knows the key. It was probably deleted in Seller Central; make a new one there.".to_owned(),
    };
    let connection = Connection {
        id: ConnectionId::parse(ID).unwrap(),
        client: ClientId::parse(CLIENT).unwrap(),
        provider: "amazon-pay".to_owned(),
        label: if failed { "Outlet" } else { "Teehaus DE" }.to_owned(),
        seller_id: "A3B7EXAMPLE2K9".to_owned(),
        public_key_id: "LIVE-AFVX7ULWSGBZ5535PCUQOY7B".to_owned(),
        region: "eu".to_owned(),
        environment: "live".to_owned(),
        endpoint: None,
        start_date: Some(jiff::civil::date(2026, 9, 1)),
        state: if failed { ConnectionState::Stopped } else { ConnectionState::Active },
        created_by: "erika@teehaus.example".to_owned(),
        created_at: at("2026-09-01T08:00:00Z"),
        last_started_at: Some(at("2026-11-23T06:01:00Z")),
        last_success_at: Some(at("2026-11-23T06:02:00Z")),
        fetched_until: Some(at("2026-11-22T22:59:00Z")),
        next_run_at: at("2026-11-23T08:15:00Z"),
        waiting_until: None,
        trouble: failed.then_some(trouble),
        trouble_at: None,
        failures: 0,
    };
    let job = (shown == Shown::Running).then(|| Job {
        id: store::id::JobId::parse(ID).unwrap(),
        kind: "fetch".to_owned(),
        client: None,
        subject: ID.to_owned(),
        state: JobState::Running,
        due_at: at("2026-11-23T06:02:00Z"),
        attempts: 1,
        attempts_most: 5,
        lease_until: None,
        cancel_asked: false,
        step: String::new(),
        done: 12,
        total: 31,
        outcome: None,
        asked_by: "erika@teehaus.example".to_owned(),
        created_at: at("2026-11-23T06:02:00Z"),
        started_at: None,
        ended_at: None,
    });
    Overview { connection, job, shown }
}

fn history() -> Vec<Fetch> {
    let fetch = |outcome, started: &str, asked_by: &str, imported| Fetch {
        id: started.to_owned(),
        asked_by: asked_by.to_owned(),
        started_at: started.parse().unwrap(),
        ended_at: started.parse().unwrap(),
        outcome,
        counts: Counts {
            listed: 22,
            known: 22 - imported,
            imported,
            refused: 0,
            movements: imported * 61,
            payouts: 1,
        },
        trouble: None,
    };
    vec![
        fetch(FetchOutcome::Done, "2026-11-23T06:01:00Z", "system", 1),
        fetch(FetchOutcome::Waiting, "2026-11-22T18:01:00Z", "system", 0),
        fetch(FetchOutcome::Partly, "2026-11-22T12:40:00Z", "erika@teehaus.example", 2),
    ]
}
