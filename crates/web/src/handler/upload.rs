//! Forms with files (`multipart/form-data`), read within bounds. Large uploads are streamed elsewhere; here everything is
//! small enough to be held.

use std::collections::BTreeMap;

use app::{AppError, Refusal, RefusalKind};
use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;

/// What a form with files holds.
#[derive(Default)]
pub(super) struct Entries {
    texts: BTreeMap<String, String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Entries {
    /// A text field; empty where it was not sent.
    pub(super) fn text(&self, name: &str) -> String {
        self.texts.get(name).cloned().unwrap_or_default()
    }

    /// Takes a file.
    pub(super) fn file(&mut self, name: &str) -> Option<Vec<u8>> {
        self.files.remove(name)
    }
}

/// Reads a form of at most so many bytes in all.
pub(super) async fn entries(mut body: Multipart, most: usize) -> Result<Entries, AppError> {
    let mut entries = Entries::default();
    let mut total = 0_usize;
    while let Some(mut field) = body.next_field().await.map_err(|error| broken(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field.file_name().is_some();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
            total = total.saturating_add(chunk.len());
            if total > most {
                return Err(too_large().into());
            }
            bytes.extend_from_slice(&chunk);
        }
        if is_file {
            entries.files.insert(name, bytes);
        } else {
            entries.texts.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(entries)
}

fn too_large() -> Refusal {
    Refusal::new(
        RefusalKind::TooLarge,
        "form-too-large",
        "Die Datei ist zu groß für dieses Feld. Eine .pem-Datei hat etwa 2 kB; bitte prüfen Sie, ob es die richtige ist.",
        "The file is too large for this field. A .pem file has about 2 kB; please check whether it is the right one.",
    )
}

fn broken(error: &MultipartError) -> AppError {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return too_large().into();
    }
    Refusal::new(
        RefusalKind::Invalid,
        "form-broken",
        "Das Formular kam nicht vollständig an. Bitte senden Sie es noch einmal.",
        "The form did not arrive whole. Please send it again.",
    )
    .into()
}
