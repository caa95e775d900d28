//! Lists that come in pages.

use std::collections::HashSet;
use std::fmt;

use futures_util::{Stream, TryStreamExt as _, stream};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::send::Call;
use super::{Client, Error};
use crate::sign::canonical_query_of_pairs;

/// How many entries a page may have: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageSize(u8);

/// A page has 1 to 100 entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a page has 1 to 100 entries, not {found}")]
pub struct PageSizeError {
    /// What was asked for.
    pub found: u8,
}

impl PageSize {
    /// One entry.
    pub const ONE: Self = Self(1);
}

/// The largest page, for the fewest requests.
impl Default for PageSize {
    fn default() -> Self {
        Self(100)
    }
}

impl TryFrom<u8> for PageSize {
    type Error = PageSizeError;

    fn try_from(size: u8) -> Result<Self, PageSizeError> {
        if (1..=100).contains(&size) { Ok(Self(size)) } else { Err(PageSizeError { found: size }) }
    }
}

impl fmt::Display for PageSize {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Leads to the next page. It remembers what the list was asked for, so it is sent alone: together with any other
/// parameter the API refuses it (Amazon Pay API v2, "Reports").
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NextToken(String);

impl NextToken {
    /// The token as the API wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// Its entries, in the API's order.
    pub items: Vec<T>,
    /// Leads to the next page, if there is one.
    pub next: Option<NextToken>,
}

/// What comes in pages, and where from.
pub(super) trait Entry: DeserializeOwned + Send + 'static {
    /// The name in the documentation.
    const OPERATION: &'static str;
    /// The path behind the version.
    const PATH: &'static str;
}

/// A page as the API writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageBody<T> {
    #[serde(alias = "reports", alias = "disbursements")]
    entries: Vec<T>,
    next_token: Option<String>,
}

/// How far a list has been read.
struct Progress {
    client: Client,
    /// What to ask for next; nothing at the end.
    query: Option<String>,
    seen: HashSet<NextToken>,
    pages: usize,
}

impl Client {
    /// The page that `query`, a canonical query, asks for.
    pub(super) async fn page<T: Entry>(&self, query: String) -> Result<Page<T>, Error> {
        let reply = self.send(&Call::get(T::OPERATION, T::PATH, query)).await?;
        let body: PageBody<T> = reply.read()?;
        Ok(Page {
            items: body.entries,
            next: body.next_token.filter(|token| !token.is_empty()).map(NextToken),
        })
    }

    /// The page behind a token.
    pub(super) async fn page_after<T: Entry>(&self, token: &NextToken) -> Result<Page<T>, Error> {
        self.page(query_of(token)).await
    }

    /// All entries from the page on that `query` asks for, page by page as they are taken.
    pub(super) fn entries<T: Entry>(
        &self,
        query: String,
    ) -> impl Stream<Item = Result<T, Error>> + Send + 'static + use<T> {
        let progress = Progress { client: self.clone(), query: Some(query), seen: HashSet::new(), pages: 0 };
        stream::try_unfold(progress, Progress::page)
            .map_ok(|page| stream::iter(page.items.into_iter().map(Ok)))
            .try_flatten()
    }
}

impl Progress {
    /// The next page, unless the list is at its end.
    async fn page<T: Entry>(mut self) -> Result<Option<(Page<T>, Self)>, Error> {
        let Some(query) = self.query.take() else { return Ok(None) };
        let (operation, limit) = (T::OPERATION, self.client.inner.most_pages);
        if self.pages >= limit {
            return Err(Error::TooManyPages { operation, limit });
        }
        let page = self.client.page::<T>(query).await?;
        self.pages += 1;
        if let Some(token) = &page.next {
            self.query = Some(query_of(token));
            if !self.seen.insert(token.clone()) {
                return Err(Error::RepeatedPage { operation, page: self.pages + 1 });
            }
        }
        Ok(Some((page, self)))
    }
}

fn query_of(token: &NextToken) -> String {
    canonical_query_of_pairs([("nextToken", token.as_str())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_1_to_100_entries() {
        assert_eq!(PageSize::try_from(100), Ok(PageSize::default()));
        for found in [0, 101, 255] {
            assert_eq!(PageSize::try_from(found), Err(PageSizeError { found }));
        }
    }
}
