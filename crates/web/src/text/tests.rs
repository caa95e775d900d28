use std::{fs, path::Path};

/// One line for each file of texts.
const ALL: &[&[&str]] = &[
    super::account::NAMES,
    super::action::NAMES,
    super::amazon_pay::NAMES,
    super::api::NAMES,
    super::assignment::NAMES,
    super::booking::NAMES,
    super::component::NAMES,
    super::connection::NAMES,
    super::dashboard::NAMES,
    super::delivery::NAMES,
    super::document::NAMES,
    super::entries::NAMES,
    super::error::NAMES,
    super::export::NAMES,
    super::login::NAMES,
    super::navigation::NAMES,
    super::notice::NAMES,
    super::people::NAMES,
    super::reconciliation::NAMES,
    super::settings::NAMES,
    super::status::NAMES,
    super::upload::NAMES,
];

fn read_all(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "html") {
            into.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_text_is_used_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut used = String::new();
    read_all(&root.join("templates"), &mut used);
    read_all(&root.join("src"), &mut used);
    let unused: Vec<&&str> =
        ALL.iter().copied().flatten().filter(|name| !used.contains(&format!(".{name}("))).collect();
    assert!(unused.is_empty(), "texts that no page shows: {unused:?}");
}
