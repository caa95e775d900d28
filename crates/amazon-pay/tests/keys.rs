//! Private keys as people have them: what is read, and what each other thing is called.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use amazon_pay::key::{KeyError, PrivateKey};
use amazon_pay::sign::Algorithm;
use proptest::prelude::*;
use secrecy::ExposeSecret as _;

const PKCS8: &str = include_str!("keys/rsa-pkcs8.pem");
const PKCS1: &str = include_str!("keys/rsa-pkcs1.pem");
const PUBLIC: &str = include_str!("keys/public.pem");

fn refused(text: impl AsRef<[u8]>) -> KeyError {
    PrivateKey::from_pem(text.as_ref()).unwrap_err()
}

/// Is `text` read as the key that all the forms share?
fn is_the_key(text: impl AsRef<[u8]>) -> bool {
    let key = PrivateKey::from_pem(text.as_ref()).unwrap();
    key.public_key().to_pem().unwrap() == PUBLIC
}

#[test]
fn both_forms_are_the_same_key() {
    assert!(is_the_key(PKCS8));
    assert!(is_the_key(PKCS1));
}

#[test]
fn the_way_in_which_it_was_pasted_does_not_matter() {
    assert!(is_the_key(PKCS8.replace('\n', "\r\n")));
    assert!(is_the_key(PKCS8.replace('\n', "\r")));
    assert!(is_the_key(PKCS8.replace('\n', "  \n\t")));
    assert!(is_the_key(PKCS8.replace('\n', " ")), "on one line");
    assert!(is_the_key(PKCS8.replace('\n', "\\n")), "from a JSON file");
    assert!(is_the_key(PKCS8.replace('\n', "\n\n")));
    assert!(is_the_key(format!("\u{FEFF}{PKCS8}")));
    assert!(is_the_key(format!("Hier der Schlüssel:\n{PKCS8}\nViele Grüße")));
    assert!(is_the_key(format!("{}{PKCS8}", include_str!("keys/certificate.pem"))));
    assert!(is_the_key(PKCS1.replace("RSA PRIVATE", "PRIVATE")), "the first line is wrong, the key is not");
    let utf_16: Vec<u8> = format!("\u{FEFF}{PKCS8}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(is_the_key(utf_16));
}

#[test]
fn each_other_thing_is_called_by_its_name() {
    assert_eq!(refused(""), KeyError::Empty);
    assert_eq!(refused(" \r\n"), KeyError::Empty);
    assert_eq!(refused("secret"), KeyError::NoKeyFound);
    assert_eq!(refused("/home/shop/AmazonPay_LIVE-A.pem"), KeyError::FileName);
    assert_eq!(refused(include_str!("keys/encrypted-pkcs8.pem")), KeyError::Encrypted);
    assert_eq!(refused(include_str!("keys/encrypted-pkcs1.pem")), KeyError::Encrypted);
    assert_eq!(refused(PUBLIC), KeyError::PublicKey);
    assert_eq!(refused(include_str!("keys/certificate.pem")), KeyError::Certificate);
    assert_eq!(refused(include_str!("keys/ec-sec1.pem")), KeyError::EllipticCurve);
    assert_eq!(refused(include_str!("keys/ec-pkcs8.pem")), KeyError::EllipticCurve);
    assert_eq!(refused(include_str!("keys/ed25519.pem")), KeyError::Ed25519);
    assert_eq!(refused(include_str!("keys/x25519.pem")), KeyError::OtherAlgorithm);
    assert_eq!(refused(include_str!("keys/openssh.pem")), KeyError::OpenSsh);
    assert_eq!(refused("ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB shop"), KeyError::OpenSsh);
    assert_eq!(refused("PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n"), KeyError::Putty);
    assert_eq!(refused(include_str!("keys/rsa-1024.pem")), KeyError::TooShort { bits: 1024 });
    assert_eq!(refused("x".repeat(70_000)), KeyError::TooMuchText { length: 70_000 });
    assert_eq!(refused("-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----"), KeyError::NoKeyFound);
}

#[test]
fn a_key_that_is_cut_off_anywhere_is_never_taken() {
    for text in [PKCS8, PKCS1] {
        let end = text.find("-----END").unwrap();
        for length in 0..end + "-----EN".len() {
            let cut = &text[..length];
            let error = refused(cut);
            let expected = [KeyError::Truncated, KeyError::Empty, KeyError::NoKeyFound];
            let has_its_label = cut.contains("KEY-----");
            assert!(
                if has_its_label { error == KeyError::Truncated } else { expected.contains(&error) },
                "{length}: {error:?}"
            );
        }
    }
}

#[test]
fn a_missing_line_is_noticed() {
    let lines: Vec<&str> = PKCS8.lines().collect();
    for missing in 1..lines.len() - 1 {
        let kept: Vec<&str> = lines
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != missing)
            .map(|(_, line)| *line)
            .collect();
        let error = refused(kept.join("\n"));
        assert!(matches!(error, KeyError::Truncated | KeyError::Damaged { .. }), "{missing}: {error:?}");
    }
}

#[test]
fn a_made_key_is_read_again_from_its_pem() {
    let made = PrivateKey::generate().unwrap();
    let read = PrivateKey::from_pem(made.to_pem().unwrap().expose_secret().as_bytes()).unwrap();
    let signature = read.sign(Algorithm::V2, b"text").unwrap();
    assert_eq!(made.public_key().verify(Algorithm::V2, b"text", &signature), Ok(()));
}

#[test]
fn a_key_shows_nothing_of_itself() {
    let key = PrivateKey::from_pem(PKCS8.as_bytes()).unwrap();
    assert_eq!(format!("{key:?} {:?}", key.public_key()), "PrivateKey(hidden) PublicKey(hidden)");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(PrivateKey::from_pem(&bytes).is_err());
    }

    #[test]
    fn any_document_in_a_frame_is_read_or_refused(text in "[A-Za-z0-9+/=\n ]{0,400}") {
        let framed = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
        prop_assert!(PrivateKey::from_pem(framed.as_bytes()).is_err());
    }
}
