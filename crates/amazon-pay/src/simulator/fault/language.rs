//! The language of faults: `WHERE[:WHEN]=WHAT`.

use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;

use super::{Fault, Occasion, Percent, Place, Rule, Target};

/// Every fault as it is written, and what it does.
pub const CATALOGUE: &[(&str, &str)] = &[
    ("429", "another status (200 to 599), with the body that belongs to it"),
    ("html", "a page for people with status 502, as from a broken proxy"),
    ("invalid-json", "a body that ends in the middle of its JSON"),
    ("unknown-field", "fields that no documentation names"),
    ("unknown-value", "states and types that no documentation lists"),
    ("same-token", "the request's nextToken once more"),
    ("redirect", "a redirection to another host"),
    ("drop", "the connection ends before anything is answered"),
    ("drop-after-headers", "the connection ends after the headers"),
    ("cut:50%", "the connection ends after half of the body"),
    ("delay:2s", "the answer comes two seconds later"),
    ("slow:100ms", "the body comes in sixteen pieces with a pause between them"),
    ("length:+10", "Content-Length is off by ten bytes"),
    ("gzip", "the document is compressed; at document it is said so, at download it is not"),
    ("expired", "the document's address has expired when it is handed out"),
    ("clock:-30s", "the server's clock is thirty seconds behind"),
    ("wrong-signature", "the signature is refused"),
    ("unknown-key", "the Public Key ID is not known"),
    ("wrong-environment", "the key belongs to the other environment"),
    ("suspended", "the merchant's account is not in good standing"),
    ("truncated:50%", "the document ends after half of it, and its length says so"),
    ("truncated-at-line:50%", "the same, at the end of a line"),
    ("unknown-type", "a row of a kind that no documentation names"),
    ("no-space", "no space between a time and its offset"),
    ("crlf", "lines end in CR LF"),
    ("no-bom", "no byte order mark"),
    ("surprise", "any one of those that a good client gets over"),
];

/// Why a rule could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// There is no `=`.
    #[error("«{rule}» is no fault: write WHERE[:WHEN]=WHAT, for example download:3=cut:50%")]
    NoEquals {
        /// The text.
        rule: String,
    },
    /// The place is none.
    #[error("«{found}» in «{rule}» is no place where a fault can happen; there are any, api, {}", places())]
    UnknownPlace {
        /// The text.
        rule: String,
        /// The place.
        found: String,
    },
    /// The time is none.
    #[error("«{found}» in «{rule}» says no time: write 3, 2-5, 4+, or 10% for one in ten by lot")]
    UnknownOccasion {
        /// The text.
        rule: String,
        /// The time.
        found: String,
    },
    /// The fault is none.
    #[error("«{found}» in «{rule}» is no fault; there are {}", faults())]
    UnknownFault {
        /// The text.
        rule: String,
        /// The fault.
        found: String,
    },
    /// A fault has a measure that it does not take, or lacks one.
    #[error("«{found}» in «{rule}» wants {expected}")]
    WrongMeasure {
        /// The text.
        rule: String,
        /// The fault with its measure.
        found: String,
        /// What it takes.
        expected: &'static str,
    },
    /// The fault cannot happen there.
    #[error("«{fault}» in «{rule}» cannot happen there; it can at {possible}")]
    Unsuitable {
        /// The text.
        rule: String,
        /// The fault.
        fault: String,
        /// The places where it can.
        possible: String,
    },
}

fn places() -> String {
    Place::all().map(Place::name).collect::<Vec<_>>().join(", ")
}

fn faults() -> String {
    CATALOGUE.iter().map(|(example, _)| *example).collect::<Vec<_>>().join(", ")
}

impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let rule = text.trim().to_owned();
        let (when, what) = rule.split_once('=').ok_or_else(|| RuleError::NoEquals { rule: shown(&rule) })?;
        let (place, when) = when.split_once(':').map_or((when, None), |(place, when)| (place, Some(when)));
        let (place, what) = (place.trim(), what.trim());

        let target = target(place)
            .ok_or_else(|| RuleError::UnknownPlace { rule: shown(&rule), found: shown(place) })?;
        let occasion =
            when.map_or(Some(Occasion::Always), |when| occasion(when.trim())).ok_or_else(|| {
                RuleError::UnknownOccasion { rule: shown(&rule), found: shown(when.unwrap_or_default()) }
            })?;
        let fault = fault(&rule, what)?;
        if !Place::all().any(|place| target.holds(place) && fault.suits(place)) {
            let possible = Place::all().filter(|place| fault.suits(*place)).map(Place::name);
            let possible = possible.collect::<Vec<_>>().join(", ");
            return Err(RuleError::Unsuitable { rule: shown(&rule), fault: shown(what), possible });
        }
        Ok(Self { text: rule, target, occasion, fault })
    }
}

fn target(name: &str) -> Option<Target> {
    match name {
        "any" => Some(Target::Any),
        "api" => Some(Target::Api),
        name => Place::all().find(|place| place.name() == name).map(Target::Place),
    }
}

fn occasion(text: &str) -> Option<Occasion> {
    if let Some(percent) = text.strip_suffix('%') {
        return hundredths(percent).filter(|chance| *chance <= 10_000).map(Occasion::Chance);
    }
    let (first, last) = if let Some(first) = text.strip_suffix('+') {
        (first.parse().ok()?, None)
    } else if let Some((first, last)) = text.split_once('-') {
        (first.trim().parse().ok()?, Some(last.trim().parse().ok()?))
    } else {
        let only = text.parse().ok()?;
        (only, Some(only))
    };
    let ordered = first >= 1 && last.is_none_or(|last| last >= first);
    ordered.then_some(Occasion::Times { first, last })
}

/// `12.5` in hundredths.
fn hundredths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || whole.len() > 3 || part.len() > 2 {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}

fn fault(rule: &str, what: &str) -> Result<Fault, RuleError> {
    let (name, measure) = what.split_once(':').map_or((what, None), |(name, measure)| (name, Some(measure)));
    let wrong = |expected| RuleError::WrongMeasure { rule: shown(rule), found: shown(what), expected };
    let percent = || {
        let number = measure.and_then(|text| text.strip_suffix('%')).and_then(|text| text.parse::<u8>().ok());
        number.filter(|percent| *percent <= 100).map(Percent).ok_or(wrong("a part, for example 50%"))
    };
    let time = || {
        let read = measure.and_then(duration).and_then(|time| Duration::try_from(time).ok());
        read.filter(|time| *time <= Duration::from_mins(10))
            .ok_or(wrong("a time of at most 10m, for example 200ms or 2s"))
    };
    let found = match name {
        "cut" => Fault::Cut(percent()?),
        "truncated" => Fault::Truncated(percent()?),
        "truncated-at-line" => Fault::TruncatedAtLine(percent()?),
        "delay" => Fault::Delay(time()?),
        "slow" => Fault::Slow(time()?),
        "clock" => Fault::Clock(measure.and_then(duration).ok_or(wrong("a time, for example -30s"))?),
        "length" => {
            let bytes = measure.and_then(|text| text.parse::<i64>().ok()).filter(|bytes| *bytes != 0);
            Fault::Length(bytes.ok_or(wrong("a number of bytes, for example +10"))?)
        }
        _ if measure.is_some() && plain(name).is_some() => return Err(wrong("no measure")),
        _ => plain(what).ok_or_else(|| RuleError::UnknownFault { rule: shown(rule), found: shown(what) })?,
    };
    Ok(found)
}

/// The faults without a measure.
fn plain(name: &str) -> Option<Fault> {
    Some(match name {
        "html" => Fault::HtmlPage,
        "invalid-json" => Fault::InvalidJson,
        "unknown-field" => Fault::UnknownField,
        "unknown-value" => Fault::UnknownValue,
        "same-token" => Fault::RepeatedToken,
        "redirect" => Fault::Redirect,
        "drop" => Fault::Drop,
        "drop-after-headers" => Fault::DropAfterHeaders,
        "gzip" => Fault::Gzip,
        "expired" => Fault::Expired,
        "wrong-signature" => Fault::WrongSignature,
        "unknown-key" => Fault::UnknownKey,
        "wrong-environment" => Fault::WrongEnvironment,
        "suspended" => Fault::Suspended,
        "unknown-type" => Fault::UnknownType,
        "no-space" => Fault::NoSpace,
        "crlf" => Fault::CarriageReturns,
        "no-bom" => Fault::NoByteOrderMark,
        "surprise" => Fault::Surprise,
        status => {
            let status = status.parse().ok().filter(|status| (200..600).contains(status))?;
            Fault::Status(status)
        }
    })
}

/// `200ms`, `-30s`, `5m`.
fn duration(text: &str) -> Option<SignedDuration> {
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let amount: i32 = number.parse().ok()?;
    match text.get(number.len()..)? {
        "ms" => Some(SignedDuration::from_millis(i64::from(amount))),
        "s" => Some(SignedDuration::from_secs(i64::from(amount))),
        "m" => Some(SignedDuration::from_mins(i64::from(amount))),
        _ => None,
    }
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::simulator::route::Operation;

    fn rule(text: &str) -> Rule {
        text.parse().expect(text)
    }

    #[test]
    fn the_third_download_is_cut_at_half() {
        let rule = rule(" download:3=cut:50% ");
        assert_eq!(rule.target, Target::Place(Place::Download));
        assert_eq!(rule.occasion, Occasion::Times { first: 3, last: Some(3) });
        assert_eq!(rule.fault, Fault::Cut(Percent(50)));
        assert_eq!(rule.to_string(), "download:3=cut:50%");
    }

    #[test]
    fn places_times_and_measures_are_read() {
        assert_eq!(rule("any:2.5%=surprise").occasion, Occasion::Chance(250));
        assert_eq!(rule("any:100%=503").occasion, Occasion::Chance(10_000));
        assert_eq!(rule("api:2-5=429").occasion, Occasion::Times { first: 2, last: Some(5) });
        assert_eq!(rule("reports:4+=500").occasion, Occasion::Times { first: 4, last: None });
        assert_eq!(
            rule("charge-permission=404").target,
            Target::Place(Place::Call(Operation::ChargePermission))
        );
        assert_eq!(rule("api=clock:-30s").fault, Fault::Clock(SignedDuration::from_secs(-30)));
        assert_eq!(rule("any=slow:200ms").fault, Fault::Slow(Duration::from_millis(200)));
        assert_eq!(rule("download=length:-3").fault, Fault::Length(-3));
    }

    #[test]
    fn every_fault_of_the_catalogue_can_be_written() {
        for (example, _) in CATALOGUE {
            assert!(format!("any={example}").parse::<Rule>().is_ok(), "{example}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_what_would_be_right() {
        let refused = |text: &str| text.parse::<Rule>().unwrap_err().to_string();
        assert!(refused("download").contains("write WHERE[:WHEN]=WHAT, for example download:3=cut:50%"));
        assert!(refused("upload=503").contains("«upload»"), "{}", refused("upload=503"));
        assert!(refused("upload=503").contains("any, api, reports, report, create-report"));
        assert!(refused("reports:0=503").contains("«0» in «reports:0=503» says no time"));
        assert!(
            refused("reports:5-2=503").contains("«5-2»") && refused("reports:101%=503").contains("«101%»")
        );
        assert!(
            refused("reports=banana").contains("«banana»") && refused("reports=banana").contains("cut:50%")
        );
        assert_eq!(
            refused("download=cut:half"),
            "«cut:half» in «download=cut:half» wants a part, for example 50%"
        );
        assert!(
            refused("download=cut").contains("a part") && refused("any=delay:11m").contains("at most 10m")
        );
        assert!(refused("download=crlf:3").contains("no measure"));
        assert_eq!(
            refused("reports=crlf"),
            "«crlf» in «reports=crlf» cannot happen there; it can at download"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(any|download|api)?(:[0-9%+.-]{0,6})?=?[a-z0-9:%+ -]{0,20}") {
            if let Ok(rule) = text.parse::<Rule>() {
                prop_assert_eq!(rule.to_string().parse::<Rule>(), Ok(rule));
            }
        }
    }
}
