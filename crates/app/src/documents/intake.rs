//! Reports that were fetched, on the same way as those that are uploaded.

use std::fs::File;
use std::sync::Arc;

use store::documents::Source;

use super::import::{Imported, import_and_tell};
use super::receive::Receiver;
use crate::access::Actor;
use crate::context::App;
use crate::fetch::{Receive, Received, Receiving, Reception};
use crate::progress::Silent;
use crate::refusal::AppError;

/// Takes fetched reports into the documents of the connection's client.
#[derive(Clone, Copy, Debug, Default)]
pub struct Intake;

impl Receive for Intake {
    fn receive<'a>(&'a self, app: &'a App, received: Received<'a>) -> Receiving<'a> {
        Box::pin(async move {
            match take(app, received).await {
                Err(AppError::Refused(refusal)) => Ok(Reception::Refused(*refusal)),
                reception => reception,
            }
        })
    }
}

async fn take(app: &App, fetched: Received<'_>) -> Result<Reception, AppError> {
    let file = fetched.file.to_owned();
    let name = fetched.name.to_owned();
    let copying = move || {
        let mut receiver = Receiver::new()?;
        receiver.take_all(File::open(file).map_err(AppError::failed("opening a fetched report"))?)?;
        receiver.finish(&name, Source::Api)
    };
    let copied = tokio::task::spawn_blocking(copying).await;
    let mut received = copied.map_err(AppError::failed("reading a fetched report"))??;
    received.provider_report = Some(fetched.report.to_owned());
    received.connection = Some(fetched.connection.id.clone());
    let client = &fetched.connection.client;
    let (imported, unknown_kinds) =
        import_and_tell(app, &Actor::System, client, received, Arc::new(Silent)).await?;
    let document = imported.document();
    let id = document.received.id.clone();
    let settlement = document.settlement.as_ref().map(|of| of.identifier.clone()).unwrap_or_default();
    Ok(match imported {
        Imported::New(ref new) => {
            Reception::Kept { document: id, settlement, movements: new.received.rows, unknown_kinds }
        }
        Imported::AlreadyThere(_) => Reception::There { document: id, settlement },
    })
}
