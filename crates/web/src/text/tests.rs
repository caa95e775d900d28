use std::{fs, path::Path};

use super::{
    account, amazon_pay, assignment, booking, component, connection, dashboard, delivery, document, error,
    export, login, navigation, people, settings, upload,
};

const ALL: &[&[&str]] = &[
    account::NAMES,
    amazon_pay::NAMES,
    assignment::NAMES,
    booking::NAMES,
    component::NAMES,
    connection::NAMES,
    dashboard::NAMES,
    delivery::NAMES,
    document::NAMES,
    error::NAMES,
    export::NAMES,
    login::NAMES,
    navigation::NAMES,
    people::NAMES,
    settings::NAMES,
    upload::NAMES,
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
