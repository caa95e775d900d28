//! The rules in force, and how often each was asked.

use std::fmt;

use super::surprise::surprise;
use super::{Fault, Occasion, Place, Target};
use crate::simulator::letters::Letters;

/// A rule: where, when and what goes wrong. It is read from text:
///
/// ```
/// use amazon_pay::simulator::{Occasion, Rule};
///
/// let rule: Rule = "download:3=cut:50%".parse()?;
/// assert_eq!(rule.occasion, Occasion::Times { first: 3, last: Some(3) });
/// # Ok::<(), amazon_pay::simulator::RuleError>(())
/// ```
///
/// Before the `=` stands a place (`any`, `api`, `download` or the name of an operation) and, after a colon, the time: the
/// third request there (`3`), some (`2-5`), all from one on (`4+`) or a part by lot (`2.5%`). After it stands one of the faults
/// of the [`CATALOGUE`](super::CATALOGUE).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(super) text: String,
    /// Where it strikes.
    pub target: Target,
    /// When it strikes.
    pub occasion: Occasion,
    /// What happens.
    pub fault: Fault,
}

/// The rule as it was written.
impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// More rules than this are not taken.
const MOST_RULES: usize = 200;

/// The rules in force.
#[derive(Debug)]
pub(in crate::simulator) struct Plan {
    rules: Vec<(Rule, u64)>,
    letters: Letters,
}

impl Plan {
    /// A plan without rules, which draws by lot from `seed`.
    pub(in crate::simulator) fn new(seed: u64) -> Self {
        Self { rules: Vec::new(), letters: Letters::new(seed) }
    }

    /// Adds a rule; its counting begins now. `false` where there are too many already.
    pub(in crate::simulator) fn add(&mut self, rule: Rule) -> bool {
        let has_room = self.rules.len() < MOST_RULES;
        if has_room {
            self.rules.push((rule, 0));
        }
        has_room
    }

    pub(in crate::simulator) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The rules, each with the number of requests to its target so far.
    pub(in crate::simulator) fn rules(&self) -> impl Iterator<Item = &(Rule, u64)> {
        self.rules.iter()
    }

    /// The faults that strike the request that has just come to this place.
    pub(in crate::simulator) fn strike(&mut self, place: Place) -> Vec<Fault> {
        let mut struck = Vec::new();
        for (rule, seen) in &mut self.rules {
            if !rule.target.holds(place) || !rule.fault.suits(place) {
                continue;
            }
            *seen += 1;
            let due = match rule.occasion {
                Occasion::Always => true,
                Occasion::Times { first, last } => *seen >= first && last.is_none_or(|last| *seen <= last),
                Occasion::Chance(of_ten_thousand) => self.letters.below(10_000) < u64::from(of_ten_thousand),
            };
            if due {
                struck.push(match &rule.fault {
                    Fault::Surprise => surprise(place, &mut self.letters),
                    fault => fault.clone(),
                });
            }
        }
        struck
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::route::Operation;

    fn plan(rules: &[&str]) -> Plan {
        let mut plan = Plan::new(1);
        for rule in rules {
            assert!(plan.add(rule.parse().unwrap()));
        }
        plan
    }

    #[test]
    fn a_rule_counts_the_requests_to_its_own_place() {
        let mut plan = plan(&["download:2=503", "any:3+=429"]);
        let place = Place::Call(Operation::Reports);
        assert_eq!(plan.strike(Place::Download), []);
        assert_eq!(plan.strike(place), []);
        assert_eq!(plan.strike(Place::Download), [Fault::Status(503), Fault::Status(429)]);
        assert_eq!(plan.strike(Place::Download), [Fault::Status(429)]);
        assert_eq!(plan.rules().map(|(_, seen)| *seen).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn a_rule_for_many_places_strikes_where_its_fault_can_happen() {
        let mut plan = plan(&["any:1=crlf"]);
        assert_eq!(plan.strike(Place::Call(Operation::Charge)), []);
        assert_eq!(plan.strike(Place::Download), [Fault::CarriageReturns]);
    }

    #[test]
    fn chance_is_the_same_for_the_same_seed_and_about_right() {
        let struck = || {
            let mut plan = plan(&["any:10%=surprise"]);
            (0..10_000)
                .map(|_| plan.strike(Place::Download))
                .filter(|faults| !faults.is_empty())
                .collect::<Vec<_>>()
        };
        assert_eq!(struck(), struck());
        assert!((900..1_100).contains(&struck().len()), "{}", struck().len());
    }
}
