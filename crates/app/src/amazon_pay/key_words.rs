//! What is wrong with a private key or its id, said to whoever pasted it. No sentence carries a byte of the key.

use amazon_pay::key::{KeyError, KeyIdError};

use crate::Refusal;

/// The field of the form in which the key stands.
const KEY: &str = "private-key";
/// The field in which its id stands.
const ID: &str = "public-key-id";

const WHERE_DE: &str =
    "Den richtigen gibt es in Seller Central unter Integration → Integration Central → API-Schlüssel.";
const WHERE_EN: &str =
    "The right one is made in Seller Central under Integration → Integration Central → API keys.";

/// Why a text is not the merchant's private key.
pub(crate) fn key_refused(error: &KeyError) -> Refusal {
    let english = error.to_string();
    match error {
        KeyError::Empty => Refusal::invalid(
            KEY,
            "key-missing",
            "Es fehlt der Private Key: Wählen Sie die .pem-Datei aus, die Seller Central beim Erstellen des Schlüssels \
             angeboten hat.",
            "The private key is missing: choose the .pem file that Seller Central offered when the key was made.",
        ),
        KeyError::TooMuchText { length } => Refusal::invalid(
            KEY,
            "key-not-private",
            format!("Die Datei hat {length} Bytes, viel mehr als eine Schlüsseldatei. {WHERE_DE}"),
            sentence(&english),
        ),
        KeyError::FileName => Refusal::invalid(
            KEY,
            "key-not-private",
            "Das ist der Name einer Datei, nicht ihr Inhalt. Wählen Sie die Datei aus oder fügen Sie ihren Inhalt ein.",
            sentence(&english),
        ),
        KeyError::NoKeyFound => Refusal::invalid(
            KEY,
            "key-not-private",
            "Das ist kein privater Schlüssel: Die Zeile «-----BEGIN PRIVATE KEY-----» fehlt. Nehmen Sie die .pem-Datei \
             vollständig, mit erster und letzter Zeile.",
            "This is no private key: the line «-----BEGIN PRIVATE KEY-----» is missing. Take the whole .pem file with \
             its first and its last line.",
        ),
        KeyError::Truncated => Refusal::invalid(
            KEY,
            "key-truncated",
            "Der private Schlüssel ist abgeschnitten. Nehmen Sie die .pem-Datei vollständig bis zu ihrer letzten Zeile \
             «-----END PRIVATE KEY-----».",
            sentence(&english),
        ),
        KeyError::Damaged { .. } => Refusal::invalid(
            KEY,
            "key-damaged",
            "Der private Schlüssel ist beschädigt. Wählen Sie die Datei noch einmal aus, oder erstellen Sie in Seller \
             Central einen neuen Schlüssel.",
            sentence(&english),
        ),
        KeyError::Encrypted => Refusal::invalid(
            KEY,
            "key-encrypted",
            "Der private Schlüssel ist mit einem Kennwort verschlüsselt. Die Datei von Amazon hat keines; entfernen Sie \
             es mit «openssl pkey -in alt.pem -out neu.pem».",
            "The private key is encrypted with a password. Amazon's own file has none; remove it with «openssl pkey -in \
             old.pem -out new.pem».",
        ),
        KeyError::PublicKey => Refusal::invalid(
            KEY,
            "key-public",
            "Das ist ein öffentlicher Schlüssel. Gebraucht wird der private, also die .pem-Datei, die Seller Central beim \
             Erstellen angeboten hat.",
            "This is a public key. The private one is needed, which is the .pem file that Seller Central offered when \
             the key was made.",
        ),
        KeyError::Certificate => Refusal::invalid(
            KEY,
            "key-certificate",
            format!("Das ist ein Zertifikat, kein privater Schlüssel. {WHERE_DE}"),
            format!("This is a certificate and no private key. {WHERE_EN}"),
        ),
        KeyError::TooShort { bits } | KeyError::TooLong { bits } => Refusal::invalid(
            KEY,
            "key-length",
            format!("Der Schlüssel hat {bits} Bit, die von Amazon Pay haben 2048. {WHERE_DE}"),
            format!("The key has {bits} bits, those of Amazon Pay have 2048. {WHERE_EN}"),
        ),
        KeyError::EllipticCurve
        | KeyError::Ed25519
        | KeyError::OtherAlgorithm
        | KeyError::OpenSsh
        | KeyError::Putty => Refusal::invalid(
            KEY,
            "key-kind",
            format!("Das ist ein Schlüssel anderer Art (gebraucht wird RSA im PEM-Format). {WHERE_DE}"),
            format!("This is a key of another kind (RSA in PEM is needed). {WHERE_EN}"),
        ),
        KeyError::NotGenerated => Refusal::invalid(
            KEY,
            "key-damaged",
            "Der private Schlüssel konnte nicht gelesen werden.",
            "The private key could not be read.",
        ),
    }
}

/// Why a text is no Public Key ID.
pub(crate) fn key_id_refused(error: &KeyIdError) -> Refusal {
    let (code, german) = match error {
        KeyIdError::Empty => (
            "key-id-missing",
            "Es fehlt die Public Key-ID. Sie steht in Seller Central neben dem Schlüssel und beginnt mit LIVE-.".to_owned(),
        ),
        KeyIdError::TooLong { length, longest } => (
            "key-id-form",
            format!("Die Public Key-ID hat {length} Zeichen; mehr als {longest} hat keine. Fügen Sie nur die ID ein."),
        ),
        KeyIdError::WrongCharacter { found, position } => (
            "key-id-form",
            format!(
                "«{found}» (Zeichen {position}) kann in einer Public Key-ID nicht stehen. Sie sieht aus wie \
                 LIVE-AFVX7ULWSGBZ5535PCUQOY7B und hat nur Buchstaben, Ziffern und Bindestriche."
            ),
        ),
    };
    Refusal::invalid(ID, code, german, sentence(&error.to_string()))
}

/// A message of the library as a sentence.
fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(characters).chain(['.']).collect()
}
