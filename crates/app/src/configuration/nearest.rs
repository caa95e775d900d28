//! The known name that someone most likely meant.

/// Longer words are not compared: nothing here is nearly as long.
const LONGEST: usize = 64;

/// The nearest of the known names, if it is near enough to be meant: a third of its letters may differ, or two.
pub(super) fn nearest<'n>(found: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if found.len() > LONGEST {
        return None;
    }
    let found = found.to_lowercase();
    let near = known.into_iter().map(|name| (distance(&found, &name.to_lowercase()), name));
    let (changes, name) = near.min_by_key(|(changes, _)| *changes)?;
    (changes <= (name.len() / 3).max(2) && changes < name.len()).then_some(name)
}

/// How many letters must be put in, left out or replaced to come from one word to the other (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (place, letter) in from.chars().enumerate() {
        let mut corner = place;
        row[0] = place + 1;
        for (column, other) in to.iter().enumerate() {
            let replaced = corner + usize::from(letter != *other);
            corner = row[column + 1];
            row[column + 1] = replaced.min(corner + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let known = ["berater", "mandant", "chart", "zone"];
        assert_eq!(nearest("berator", known), Some("berater"));
        assert_eq!(nearest("Berater", known), Some("berater"));
        assert_eq!(nearest("mandat", known), Some("mandant"));
        assert_eq!(nearest("time-zone", known), None);
        assert_eq!(nearest("x", known), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }

    #[test]
    fn distances_are_those_of_the_textbook() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
