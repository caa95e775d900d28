//! No floating point near money: neither its types nor its literals, in the rooms where money is counted.

use proc_macro2::{TokenStream, TokenTree};

use crate::{
    refuse,
    tree::{File, files, sample},
};

const ROOMS: &[&str] = &["crates/ledger/src/", "crates/datev/src/", "crates/exports/src/"];

fn floats(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in
        files.iter().filter(|file| file.is_rust() && ROOMS.iter().any(|room| file.path.starts_with(room)))
    {
        match file.text().unwrap().parse() {
            Ok(tokens) => look_through(tokens, &file.path, &mut findings),
            Err(error) => findings.push(format!("{} is not Rust: {error}", file.path)),
        }
    }
    findings
}

fn look_through(tokens: TokenStream, path: &str, findings: &mut Vec<String>) {
    let mut after_point = false;
    for token in tokens {
        // The 0.1 of pair.0.1 is two fields, not a number.
        let is_field = after_point;
        after_point = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        let text = match &token {
            TokenTree::Group(group) => {
                look_through(group.stream(), path, findings);
                continue;
            }
            TokenTree::Ident(ident) => ident.to_string(),
            TokenTree::Literal(literal) => literal.to_string(),
            TokenTree::Punct(_) => continue,
        };
        if is_float(&text) && !is_field {
            findings.push(format!("{path}:{}: {text}", token.span().start().line));
        }
    }
}

/// Whether an identifier is a float's type or a literal a float's value; strings begin with a quote and are neither.
fn is_float(token: &str) -> bool {
    if token == "f32" || token == "f64" {
        return true;
    }
    let number = token.starts_with(|first: char| first.is_ascii_digit());
    let other_base = ["0x", "0o", "0b"].iter().any(|prefix| token.starts_with(prefix));
    // 1.5, 1e6, 1f64; not 10usize, whose suffix holds an e.
    number && !other_base && (token.contains(['.', 'f']) || (token.contains('e') && !token.contains("size")))
}

#[test]
fn money_is_never_a_float() {
    refuse("floating point in a room that counts money", &floats(&files()));
}

#[test]
fn floats_are_found_by_type_and_by_value() {
    let text = "/// An f64 in words is fine.\nfn rate() -> f64 {\n    let text = \"f32 0.5\";\n    (self.0.1 as f32) * 0.5 + 1e6 + 2f64\n}\n";
    assert_eq!(
        floats(&[sample("crates/ledger/src/rate.rs", text)]),
        [
            "crates/ledger/src/rate.rs:2: f64",
            "crates/ledger/src/rate.rs:4: f32",
            "crates/ledger/src/rate.rs:4: 0.5",
            "crates/ledger/src/rate.rs:4: 1e6",
            "crates/ledger/src/rate.rs:4: 2f64",
        ]
    );
}

#[test]
fn integers_and_other_rooms_are_left_alone() {
    let text = "const A: u64 = 0xFE + 10usize + 1_000; fn b(c: ((u8, u8), u8)) -> u8 { c.0.1 }";
    assert!(
        floats(&[sample("crates/ledger/src/a.rs", text), sample("crates/cli/src/a.rs", "f64")]).is_empty()
    );
}
