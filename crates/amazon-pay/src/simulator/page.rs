//! Pages of a list: the size of a page, and the token that leads to the next one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::query::Query;
use super::refusal::Refusal;

const TOKEN: &str = "nextToken";
const SIZE: &str = "pageSize";
const USUAL_SIZE: usize = 10;
const LARGEST_SIZE: usize = 100;
const LONGEST_TOKEN: usize = 4_096;

/// An instant inside a token: microseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Microseconds(i64);

impl Microseconds {
    pub(super) fn of(instant: Timestamp) -> Self {
        Self(instant.as_microsecond())
    }

    pub(super) fn instant(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::MAX)
    }
}

/// The size of a page: 1 to 100, 10 where nothing is said.
pub(super) fn size(query: &Query) -> Result<usize, Refusal> {
    let Some(text) = query.one(SIZE) else { return Ok(USUAL_SIZE) };
    let size = text.parse().ok().filter(|size| is_size(*size));
    size.ok_or(Refusal::InvalidParameterValue(SIZE))
}

/// Whether a page may have this size.
pub(super) fn is_size(size: usize) -> bool {
    (1..=LARGEST_SIZE).contains(&size)
}

/// What the token of the query stands for; it must be the only parameter.
pub(super) fn cursor<T: DeserializeOwned>(query: &Query) -> Result<Option<T>, Refusal> {
    let Some(token) = query.one(TOKEN) else { return Ok(None) };
    if query.has_other_than(TOKEN) {
        return Err(Refusal::InvalidParameterCombination);
    }
    let bytes = (token.len() <= LONGEST_TOKEN).then(|| URL_SAFE_NO_PAD.decode(token).ok()).flatten();
    let cursor = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    cursor.map(Some).ok_or(Refusal::InvalidParameterValue(TOKEN))
}

/// The token for a cursor.
pub(super) fn token(cursor: &impl Serialize) -> Result<String, Refusal> {
    let text = serde_json::to_vec(cursor).map_err(|_error| Refusal::InternalServerError)?;
    Ok(URL_SAFE_NO_PAD.encode(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_between_one_and_a_hundred_entries() {
        let size = |query: &str| size(&Query::of(query));
        assert_eq!((size(""), size("pageSize=1"), size("pageSize=100")), (Ok(10), Ok(1), Ok(100)));
        for wrong in ["0", "101", "-1", "ten", "1.0"] {
            assert_eq!(
                size(&format!("pageSize={wrong}")),
                Err(Refusal::InvalidParameterValue("pageSize")),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_token_stands_alone_and_means_what_was_put_in() {
        let token = token(&[1, 2]).unwrap();
        let read = |query: String| cursor::<[u32; 2]>(&Query::of(&query));
        assert_eq!(read(format!("nextToken={token}&pageSize=")), Ok(Some([1, 2])));
        assert_eq!(read("nextToken=".to_owned()), Ok(None));
        assert_eq!(read(format!("nextToken={token}&pageSize=5")), Err(Refusal::InvalidParameterCombination));
        for wrong in ["%%%", "AAAA", &"A".repeat(5_000)] {
            assert_eq!(read(format!("nextToken={wrong}")), Err(Refusal::InvalidParameterValue("nextToken")));
        }
    }
}
