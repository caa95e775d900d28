//! Belegtexte: the templates of Buchungstext and Auftragsnummer.

use crate::entry::EntryKind;
use crate::kind::{FeeKind, MovementKind, Purpose};
use crate::template::{Template, TemplateError};

/// The text for which a template is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextKey {
    /// The Buchungstext of a kind of entry.
    Entry(EntryKind),
    /// The Buchungstext of summed fees.
    SummedFees,
    /// Auftragsnummer (field 95).
    OrderNumber,
}

/// A template for every text.
#[derive(Clone, Debug)]
pub struct Texts {
    /// By the place of their key.
    templates: [Option<Template>; TextKey::COUNT],
}

impl TextKey {
    const COUNT: usize = Purpose::COUNT + 2;

    fn index(self) -> usize {
        match self {
            Self::Entry(kind) => kind.purpose().index(),
            Self::SummedFees => Purpose::COUNT,
            Self::OrderNumber => Purpose::COUNT + 1,
        }
    }

    /// Every text that can be set.
    pub fn all() -> impl Iterator<Item = Self> {
        let gross = MovementKind::ALL
            .into_iter()
            .filter(|kind| !matches!(kind, MovementKind::Fee | MovementKind::CarryOver))
            .map(|kind| Self::Entry(EntryKind::Gross(kind)));
        let fees = FeeKind::ALL.into_iter().map(|kind| Self::Entry(EntryKind::Fee(kind)));
        gross.chain(fees).chain([Self::SummedFees, Self::OrderNumber])
    }

    /// The name that the configuration uses: `payment`, `fee-processing`, `fee-sum`, `order-number` …
    pub fn name(self) -> String {
        match self {
            Self::Entry(EntryKind::Gross(kind)) => kind.name().to_owned(),
            Self::Entry(EntryKind::Fee(kind)) => format!("fee-{}", kind.name()),
            Self::SummedFees => "fee-sum".to_owned(),
            Self::OrderNumber => "order-number".to_owned(),
        }
    }

    /// The template used where the client sets none.
    pub fn default_text(self, provider: &str) -> String {
        match self {
            Self::OrderNumber => "{reference}".to_owned(),
            Self::SummedFees => format!("{provider} Gebühren {{settlement}}"),
            Self::Entry(EntryKind::Gross(kind)) => match kind {
                MovementKind::Unknown => format!("{provider} Klärung {{type}} {{order}}"),
                MovementKind::Reserve | MovementKind::Debt | MovementKind::Payout => {
                    format!("{provider} {} {{settlement}}", kind.german())
                }
                _ => format!("{provider} {} {{order}}", kind.german()),
            },
            Self::Entry(EntryKind::Fee(kind)) => match kind {
                FeeKind::Processing | FeeKind::Fixed => format!("{provider} Gebühr {{order}}"),
                FeeKind::Authorisation => format!("{provider} Gebühr Autorisierung {{order}}"),
                FeeKind::Chargeback => format!("{provider} Gebühr Rückbuchung {{order}}"),
                FeeKind::Other => format!("{provider} Gebühr {{type}} {{order}}"),
            },
        }
    }
}

impl Texts {
    /// The default texts with the provider's name in them.
    pub fn of_provider(provider: &str) -> Result<Self, TemplateError> {
        let mut texts = Self { templates: [const { None }; TextKey::COUNT] };
        for key in TextKey::all() {
            texts.set(key, Template::parse(&key.default_text(provider))?);
        }
        Ok(texts)
    }

    /// Replaces one template.
    pub fn set(&mut self, key: TextKey, template: Template) {
        self.templates[key.index()] = Some(template);
    }

    /// The template of a text; none only for texts that no entry has.
    pub fn template(&self, key: TextKey) -> Option<&Template> {
        self.templates[key.index()].as_ref()
    }
}
