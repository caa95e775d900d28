//! What several subjects share: lists, identifiers in addresses, months, amounts of a page.

use app::{AppError, Refusal};
use ledger::calendar::Month;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The most of a list that comes at once.
pub(super) const MOST: u32 = 200;

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct List<T: ToSchema> {
    /// The items.
    pub(super) items: Vec<T>,
    /// Where it goes on: the value of `after` (or `before`) of the next request; null at the end.
    pub(super) next: Option<String>,
}

impl<T: ToSchema> List<T> {
    /// All there is.
    pub(super) fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }

    /// A part of so many at most, which goes on after its last item where it is full.
    pub(super) fn part(items: Vec<T>, most: u32, next: impl FnOnce(&T) -> String) -> Self {
        let full = u32::try_from(items.len()).is_ok_and(|count| count >= most);
        let next = items.last().filter(|_| full).map(next);
        Self { items, next }
    }
}

/// How much of a list is wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct Before {
    /// Only what is older than this item: `next` of the answer before.
    pub(super) before: Option<String>,
    /// So many at most, 200 where it is left out.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<u32>,
}

/// How many are wanted, within the bounds.
pub(super) fn most(limit: Option<u32>) -> Result<u32, AppError> {
    match limit {
        None => Ok(MOST),
        Some(limit @ 1..=MOST) => Ok(limit),
        Some(_) => Err(Refusal::invalid(
            "limit",
            "limit-out-of-range",
            format!("Erlaubt sind 1 bis {MOST}."),
            format!("1 to {MOST} are allowed."),
        )
        .into()),
    }
}

/// What was started: a job that can be followed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Started {
    /// The identifier of the job.
    pub(super) job: String,
}

/// A sentence in both languages, with a word for programs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Words {
    /// The word.
    pub(super) code: String,
    /// German.
    pub(super) de: String,
    /// English.
    pub(super) en: String,
}

impl Words {
    pub(super) fn of(trouble: &app::connections::Trouble) -> Self {
        Self { code: trouble.code.clone(), de: trouble.german.clone(), en: trouble.english.clone() }
    }
}

/// A month of an address or a query.
pub(super) fn month(text: &str) -> Result<Month, AppError> {
    Month::parse(text).ok_or_else(|| {
        Refusal::invalid(
            "month",
            "month-form",
            "Ein Monat wird erwartet, z. B. 2026-10.",
            "A month is expected, e.g. 2026-10.",
        )
        .into()
    })
}

/// An identifier of an address; what is none is not there.
pub(super) fn known<T>(parsed: Option<T>) -> Result<T, AppError> {
    parsed.ok_or_else(|| Refusal::not_found().into())
}

/// An identifier of a query or a body.
pub(super) fn given<T>(field: &'static str, parsed: Option<T>) -> Result<T, AppError> {
    parsed.ok_or_else(|| {
        Refusal::invalid(
            field,
            "not-an-identifier",
            "Eine Kennung wird erwartet, wie sie die Listen nennen.",
            "An identifier is expected, as the lists give it.",
        )
        .into()
    })
}
