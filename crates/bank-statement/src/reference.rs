//! References that say nothing.

/// Banks write `NOTPROVIDED` where the payer gave no reference (SEPA rulebook, AT-41).
pub(crate) fn provided(reference: String) -> String {
    let nothing =
        ["NOTPROVIDED", "NOT PROVIDED", "NONREF"].contains(&reference.to_ascii_uppercase().as_str());
    if nothing { String::new() } else { reference }
}
