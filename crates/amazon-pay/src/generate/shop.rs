use super::chance::Chance;
use super::{Account, Order};
use crate::report::Currency;

/// The merchant's shops: what people order, and under which numbers.
#[derive(Debug, Clone)]
pub(super) struct Shop {
    stores: Vec<Store>,
    agreements: Vec<Order>,
    renewals: u64,
    currency: Currency,
}

#[derive(Debug, Clone)]
struct Store {
    name: &'static str,
    /// How many of a hundred orders it gets.
    weight: u64,
    orders: u64,
}

/// A store without a name, two whose order numbers collide, and one with a name full of marks.
const STORES: [(&str, u64, u64); 4] = [
    ("", 40, 20_000),
    ("Nordlicht Shop", 25, 1_000),
    ("Südwind & Söhne", 25, 1_000),
    ("Café „Zur Post“; \"Röst\"-Waren", 10, 1),
];

const AGREEMENTS: usize = 12;
/// Of a hundred orders of the unnamed store so many carry a number of an odd shape.
const ODD_NUMBERS_PERCENT: u64 = 12;

impl Shop {
    pub(super) fn new(currency: Currency) -> Self {
        let stores = STORES.map(|(name, weight, orders)| Store { name, weight, orders }).into();
        Self { stores, agreements: Vec::new(), renewals: 0, currency }
    }

    /// A new order in one of the stores.
    pub(super) fn order(&mut self, account: &mut Account, chance: &mut Chance) -> Order {
        let mut drawn = chance.below(100);
        let mut chosen = 0;
        for (place, store) in self.stores.iter().enumerate() {
            chosen = place;
            match drawn.checked_sub(store.weight) {
                Some(rest) => drawn = rest,
                None => break,
            }
        }
        let Some(store) = self.stores.get_mut(chosen) else { return Order::default() };
        store.orders += 1;
        let number = match chosen {
            0 if chance.percent(ODD_NUMBERS_PERCENT) => odd_number(store.orders, chance),
            0 => format!("A-{}", store.orders),
            1 | 2 => store.orders.to_string(),
            _ => format!("#{}", store.orders),
        };
        account.new_order(number, store.name, false)
    }

    /// The next renewal of a recurring agreement: the same order again, with a reference of its own.
    pub(super) fn renewal(&mut self, account: &mut Account, chance: &mut Chance) -> (Order, String) {
        if self.agreements.len() < AGREEMENTS {
            let place = self.agreements.len() + 1;
            // Every third agreement has no order number: the merchant's system did not set it.
            let number = if place.is_multiple_of(3) { String::new() } else { format!("ABO-{place:05}") };
            self.agreements.push(account.new_order(number, "", true));
        }
        self.renewals += 1;
        let order = chance.pick(&self.agreements).cloned().unwrap_or_default();
        (order, format!("ABO-R-{}", self.renewals))
    }

    /// A price as shops make them, in minor units.
    pub(super) fn price(&self, chance: &mut Chance) -> i64 {
        let whole = match chance.below(100) {
            0..60 => 5 + chance.up_to(55),
            60..90 => 60 + chance.up_to(140),
            90..99 => 200 + chance.up_to(800),
            _ => 1_000 + chance.up_to(4_000),
        };
        let cents = match chance.below(5) {
            0 => 0,
            1 => 90,
            2 => 95,
            3 => 99,
            _ => chance.up_to(100),
        };
        let hundredths = whole * 100 + cents;
        match self.currency.digits() {
            3 => hundredths * 10,
            4 => hundredths * 100,
            // Without a minor unit (JPY) a price has two digits more.
            _ => hundredths,
        }
    }
}

/// Order numbers that are hard on those who carry them on: marks, umlauts, pictures, length, none at all.
fn odd_number(number: u64, chance: &mut Chance) -> String {
    match chance.below(12) {
        0 => String::new(),
        1 => format!("#{number}"),
        2 => format!("{number:08}"),
        3 => format!("R_2026_{number}"),
        4 => format!("R-2026-{number}"),
        5 => format!("Bestellung {number}"),
        6 => format!("rö-{number}"),
        7 => format!("{number};Größe \"L\""),
        8 => format!("🎁{number}"),
        9 => format!("{}{number}", "x".repeat(40)),
        10 => format!("{number}, Filiale 7"),
        _ => format!("ÄÖÜß/{number}"),
    }
}
