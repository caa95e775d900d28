//! Templates of texts and document numbers: `Amazon Pay Zahlung {order}`, `AP-{Jahr}-{Monat}`.

use std::fmt::Write as _;

use jiff::civil::Date;

/// A text with places that each row fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Place(Place),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Order,
    OrderReference,
    Transaction,
    SellerReference,
    Settlement,
    Store,
    KindText,
    Year,
    Month,
}

/// What a template can be filled with.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    /// The order's number as it came; the settlement's for rows without an order.
    pub order: &'a str,
    /// The provider's number of the order.
    pub order_reference: &'a str,
    /// The provider's number of the transaction.
    pub transaction: &'a str,
    /// The merchant's number of the transaction.
    pub seller_reference: &'a str,
    /// The settlement; for a payout the one that it pays.
    pub settlement: &'a str,
    /// The shop.
    pub store: &'a str,
    /// The kind in the document's own word.
    pub kind_text: &'a str,
    /// The booking date.
    pub date: Date,
}

/// Why a text is no template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A `{` without its `}`.
    #[error("a «{{» is not closed in «{0}»")]
    Open(String),
    /// A place that does not exist.
    #[error(
        "«{{{0}}}» is not known; there are {{order}}, {{reference}}, {{transaction}}, {{seller-reference}}, {{settlement}}, {{store}}, {{type}}, {{Jahr}} and {{Monat}}"
    )]
    Unknown(String),
}

impl Place {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "order" | "Bestellung" => Self::Order,
            "reference" | "Referenz" => Self::OrderReference,
            "transaction" | "Transaktion" => Self::Transaction,
            "seller-reference" | "Händlerreferenz" => Self::SellerReference,
            "settlement" | "Abrechnung" => Self::Settlement,
            "store" | "Shop" => Self::Store,
            "type" | "Vorgang" => Self::KindText,
            "year" | "Jahr" => Self::Year,
            "month" | "Monat" => Self::Month,
            _ => return None,
        })
    }
}

impl Template {
    /// Reads a template; the places are named in braces, in English or in German.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| TemplateError::Open(text.to_owned()))?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            let place = Place::parse(name).ok_or_else(|| TemplateError::Unknown(name.to_owned()))?;
            pieces.push(Piece::Place(place));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self { pieces })
    }

    /// Writes the filled text behind what `into` holds already.
    pub fn fill(&self, filling: &Filling<'_>, into: &mut String) {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => into.push_str(text),
                Piece::Place(place) => filling.write(*place, into),
            }
        }
    }
}

impl Filling<'_> {
    fn write(&self, place: Place, into: &mut String) {
        let text = match place {
            Place::Order => self.order,
            Place::OrderReference => self.order_reference,
            Place::Transaction => self.transaction,
            Place::SellerReference => self.seller_reference,
            Place::Settlement => self.settlement,
            Place::Store => self.store,
            Place::KindText => self.kind_text,
            // Writing into a String cannot fail.
            Place::Year => return write!(into, "{:04}", self.date.year()).unwrap_or(()),
            Place::Month => return write!(into, "{:02}", self.date.month()).unwrap_or(()),
        };
        into.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str) -> String {
        let filling = Filling {
            order: "A-1",
            order_reference: "S02-1",
            transaction: "S02-1-C1",
            seller_reference: "R-1",
            settlement: "111",
            store: "Shop",
            kind_text: "Capture",
            date: jiff::civil::date(2026, 3, 7),
        };
        let mut text = String::new();
        Template::parse(template).unwrap().fill(&filling, &mut text);
        text
    }

    #[test]
    fn places_are_filled_in_both_languages() {
        assert_eq!(filled("Amazon Pay Zahlung {order}"), "Amazon Pay Zahlung A-1");
        assert_eq!(filled("AP-{Jahr}-{Monat}"), "AP-2026-03");
        assert_eq!(filled("{Abrechnung}/{type}/{store}/{reference}"), "111/Capture/Shop/S02-1");
        assert_eq!(filled(""), "");
    }

    #[test]
    fn a_wrong_place_is_named() {
        assert_eq!(Template::parse("{bestell}"), Err(TemplateError::Unknown("bestell".into())));
        assert_eq!(Template::parse("a {order"), Err(TemplateError::Open("a {order".into())));
    }
}
