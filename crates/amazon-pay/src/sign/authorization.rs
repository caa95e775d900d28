//! The `authorization` header: `<algorithm> PublicKeyId=<id>, SignedHeaders=<list>, Signature=<base64>`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Algorithm;

/// Longer headers are refused unread: a signature of the largest key (8192 bits) has 1,368 characters.
const LONGEST_HEADER: usize = 8192;
/// More signed headers than this are refused.
const MOST_SIGNED_HEADERS: usize = 64;

/// What the `authorization` header says.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    /// How the request was signed.
    pub algorithm: Algorithm,
    /// The id of the key that signed, as it was sent.
    pub public_key_id: String,
    /// The names of the signed headers, lower case, in the order sent.
    pub signed_headers: Vec<String>,
    /// The signature's bytes.
    pub signature: Vec<u8>,
}

/// Why an `authorization` header could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizationError {
    /// The header is longer than any real one.
    #[error("the authorization header has {length} characters, more than {LONGEST_HEADER}")]
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// The first word names no algorithm of Amazon Pay.
    #[error("the authorization header names the unknown algorithm «{found}»")]
    UnknownAlgorithm {
        /// The first word of the header.
        found: String,
    },
    /// One of the three parts is not there.
    #[error("the authorization header has no {part}")]
    Missing {
        /// `PublicKeyId`, `SignedHeaders` or `Signature`.
        part: &'static str,
    },
    /// One of the three parts stands twice.
    #[error("the authorization header has more than one {part}")]
    Repeated {
        /// `PublicKeyId`, `SignedHeaders` or `Signature`.
        part: &'static str,
    },
    /// More headers are said to be signed than any request has.
    #[error("the authorization header lists {count} signed headers, more than {MOST_SIGNED_HEADERS}")]
    TooManySignedHeaders {
        /// How many are listed.
        count: usize,
    },
    /// The signature is no base64.
    #[error("the signature in the authorization header is no base64")]
    SignatureNotBase64,
}

impl Authorization {
    /// Reads the header's value. Spaces, the order of the parts and the letter case of their names do not matter;
    /// parts with other names are passed over.
    ///
    /// # Errors
    /// See [`AuthorizationError`].
    pub fn parse(header: &str) -> Result<Self, AuthorizationError> {
        if header.len() > LONGEST_HEADER {
            return Err(AuthorizationError::TooLong { length: header.len() });
        }
        let header = header.trim();
        let (name, parts) = header.split_once([' ', '\t']).unwrap_or((header, ""));
        let algorithm = Algorithm::of_name(name)
            .ok_or_else(|| AuthorizationError::UnknownAlgorithm { found: name.to_owned() })?;

        let public_key_id = part(parts, "PublicKeyId")?.to_owned();
        let signed_headers = listed_headers(part(parts, "SignedHeaders")?)?;
        let signature = STANDARD
            .decode(part(parts, "Signature")?)
            .map_err(|_not_base64| AuthorizationError::SignatureNotBase64)?;
        Ok(Self { algorithm, public_key_id, signed_headers, signature })
    }

    /// The signature in base64, as it stands in the header.
    pub(crate) fn signature_text(&self) -> String {
        STANDARD.encode(&self.signature)
    }
}

/// The value of the one part with this name.
fn part<'a>(parts: &'a str, name: &'static str) -> Result<&'a str, AuthorizationError> {
    let mut values = parts
        .split(',')
        .filter_map(|part| part.split_once('='))
        .filter(|(found, _)| found.trim().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim());
    let value =
        values.next().filter(|value| !value.is_empty()).ok_or(AuthorizationError::Missing { part: name })?;
    if values.next().is_some() {
        return Err(AuthorizationError::Repeated { part: name });
    }
    Ok(value)
}

fn listed_headers(list: &str) -> Result<Vec<String>, AuthorizationError> {
    let names = list.split(';').map(str::trim).filter(|name| !name.is_empty());
    let count = names.clone().count();
    match count {
        0 => Err(AuthorizationError::Missing { part: "SignedHeaders" }),
        1..=MOST_SIGNED_HEADERS => Ok(names.map(str::to_ascii_lowercase).collect()),
        _ => Err(AuthorizationError::TooManySignedHeaders { count }),
    }
}

/// The header's value as it is sent.
impl fmt::Display for Authorization {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} PublicKeyId={}, SignedHeaders={}, Signature={}",
            self.algorithm.name(),
            self.public_key_id,
            self.signed_headers.join(";"),
            self.signature_text()
        )
    }
}

/// Shows everything but the signature, which is as good as a password for as long as its date is accepted.
impl fmt::Debug for Authorization {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Authorization")
            .field("algorithm", &self.algorithm)
            .field("public_key_id", &self.public_key_id)
            .field("signed_headers", &self.signed_headers)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn example() -> Authorization {
        Authorization {
            algorithm: Algorithm::V2,
            public_key_id: "SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B".to_owned(),
            signed_headers: vec!["accept".to_owned(), "x-amz-pay-date".to_owned()],
            signature: vec![1, 2, 3, 254],
        }
    }

    #[test]
    fn the_header_reads_as_it_was_written() {
        let header = example().to_string();
        assert_eq!(
            header,
            "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B, \
             SignedHeaders=accept;x-amz-pay-date, Signature=AQID/g=="
        );
        assert_eq!(Authorization::parse(&header), Ok(example()));
    }

    #[test]
    fn order_blanks_and_letter_case_do_not_matter() {
        let header = "AMZN-PAY-RSASSA-PSS-V2   signature=AQID/g==,x=1 ,SIGNEDHEADERS=Accept; X-Amz-Pay-Date ,\
                      PublicKeyId = SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B";
        assert_eq!(Authorization::parse(header), Ok(example()));
    }

    #[test]
    fn each_fault_is_named() {
        let parse = |header: &str| Authorization::parse(header).unwrap_err();
        let start = "AMZN-PAY-RSASSA-PSS PublicKeyId=a, SignedHeaders=b";
        assert_eq!(parse("Basic abc"), AuthorizationError::UnknownAlgorithm { found: "Basic".to_owned() });
        assert_eq!(parse(start), AuthorizationError::Missing { part: "Signature" });
        assert_eq!(parse(&format!("{start}, Signature=**")), AuthorizationError::SignatureNotBase64);
        assert_eq!(
            parse(&format!("{start}, Signature=AQID, publickeyid=c")),
            AuthorizationError::Repeated { part: "PublicKeyId" }
        );
        assert_eq!(parse(&"x".repeat(9000)), AuthorizationError::TooLong { length: 9000 });
        assert_eq!(
            parse(&format!(
                "AMZN-PAY-RSASSA-PSS SignedHeaders={}, PublicKeyId=a, Signature=AQID",
                "h;".repeat(65)
            )),
            AuthorizationError::TooManySignedHeaders { count: 65 }
        );
    }

    #[test]
    fn the_signature_is_not_shown() {
        let shown = format!("{:?}", example());
        assert!(shown.contains("SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B"), "{shown}");
        assert!(!shown.contains("254") && !shown.contains("AQID"), "{shown}");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(header in "(AMZN-PAY-RSASSA-PSS(-V2)? )?[ -~ሴ]{0,200}") {
            if let Ok(authorization) = Authorization::parse(&header) {
                prop_assert_eq!(Authorization::parse(&authorization.to_string()), Ok(authorization));
            }
        }
    }
}
