//! The words with which parts of a Verwendungszweck begin: `EREF+…` in Germany, `/EREF/…/` elsewhere.

/// What stands behind the words; empty where one is missing.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) end_to_end: String,
    pub(super) customer: String,
    pub(super) mandate: String,
    pub(super) creditor: String,
    pub(super) name: String,
    pub(super) account: String,
    pub(super) bank: String,
    pub(super) return_reason: String,
    pub(super) text: String,
}

/// Words with a plus sign (DFÜ-Abkommen, Anlage 3). What has no place of its own stays in the text, with its word.
const PLUS: &[&str] = &[
    "EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "COAM+", "OAMT+", "SVWZ+", "ABWA+", "ABWE+", "IBAN+",
    "BIC+", "RTRN+",
];

impl Words {
    fn place(&mut self, word: &str) -> Option<&mut String> {
        Some(match word {
            "EREF" => &mut self.end_to_end,
            "KREF" | "PREF" => &mut self.customer,
            "MREF" | "MARF" => &mut self.mandate,
            "CRED" | "CSID" => &mut self.creditor,
            "NAME" => &mut self.name,
            "IBAN" => &mut self.account,
            "BIC" => &mut self.bank,
            "RTRN" => &mut self.return_reason,
            "SVWZ" | "REMI" => &mut self.text,
            _ => return None,
        })
    }

    /// Puts a value where its word says; the first one counts, and what has no place becomes text.
    fn put(&mut self, word: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        match self.place(word).filter(|place| place.is_empty()) {
            Some(place) => value.clone_into(place),
            None => append(
                &mut self.text,
                &if word.is_empty() { value.to_owned() } else { format!("{word}+{value}") },
            ),
        }
    }
}

fn append(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

/// Reads lines of at most `width` characters. A word counts at the beginning of a line and behind a blank.
pub(super) fn read(lines: &[&str], width: usize) -> Words {
    let mut parts: Vec<(&str, String)> = vec![("", String::new())];
    // Does the line before go on without a blank?
    let mut full = false;
    for line in lines {
        for (number, piece) in pieces(line).into_iter().enumerate() {
            let word = PLUS.iter().find(|word| piece.starts_with(**word));
            if let Some(word) = word {
                let value = piece.get(word.len()..).unwrap_or_default();
                parts.push((word.trim_end_matches('+'), value.to_owned()));
            } else if let Some((_, value)) = parts.last_mut() {
                if !full && number == 0 && !value.is_empty() && !value.ends_with(' ') {
                    value.push(' ');
                }
                value.push_str(piece);
            }
        }
        full = line.chars().count() >= width;
    }
    let mut words = Words::default();
    for (word, value) in &parts {
        words.put(word, value);
    }
    words
}

/// A line, divided before each word that stands behind a blank.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for (place, _) in line.match_indices(' ') {
        let after = place + 1;
        let rest = line.get(after..).unwrap_or_default();
        if PLUS.iter().any(|word| rest.starts_with(word)) {
            pieces.push(line.get(begin..after).unwrap_or_default());
            begin = after;
        }
    }
    pieces.push(line.get(begin..).unwrap_or_default());
    pieces
}

/// SWIFT's words between slashes, as banks abroad write them: `/EREF/…/NAME/…/REMI/…`. None where the text has none.
pub(super) fn slashed(text: &str) -> Option<Words> {
    const SLASHED: &[&str] = &["EREF", "PREF", "MARF", "CSID", "NAME", "IBAN", "BIC", "RTRN", "REMI", "TRTP"];
    let found = |word: &&str| text.match_indices(&format!("/{word}/")).map(|(place, _)| place).next();
    let mut places: Vec<(usize, &str)> =
        SLASHED.iter().filter_map(|word| found(word).map(|place| (place, *word))).collect();
    places.sort_unstable();
    if !places.iter().any(|(_, word)| *word == "EREF" || *word == "REMI") {
        return None;
    }
    let ends = places.iter().skip(1).map(|(place, _)| *place).chain([text.len()]);
    let mut words = Words::default();
    for ((place, word), end) in places.iter().zip(ends) {
        let value = text.get(place + word.len() + 2..end).unwrap_or_default();
        // `/REMI/USTD//text`: the kind of remittance information stands before it.
        let value = value.strip_prefix("USTD//").or_else(|| value.strip_prefix("/")).unwrap_or(value);
        words.put(word, value.trim_end_matches('/'));
    }
    Some(words)
}
