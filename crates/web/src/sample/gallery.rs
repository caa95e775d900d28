//! Renders all samples and looks through them: well-formed, nothing inline, no address without a target, small.
//!
//! `KONTOR_GALLERY=<folder> cargo test -p web gallery` also writes them, with the files they load, to be looked at:
//! serve that folder with any file server on this machine.

use std::{collections::BTreeSet, env, fs, io::Write as _, path::Path};

use app::Language;
use askama::Template;
use flate2::{Compression, write::GzEncoder};

use super::{connect, dashboard, documents, entries, export, login, reconciliation, settings, status, words};
use crate::asset;

/// A page as it is sent.
pub(super) struct Sample {
    name: &'static str,
    html: String,
}

impl Sample {
    pub(super) fn of(name: &'static str, page: impl Template) -> Self {
        Self { name, html: page.render().unwrap() }
    }
}

fn samples(language: Language) -> Vec<Sample> {
    let t = words(language);
    let all = [
        login::samples(&t),
        connect::samples(&t),
        dashboard::samples(&t),
        documents::samples(&t),
        settings::samples(&t),
        status::samples(&t),
        entries::samples(&t),
        export::samples(&t),
        reconciliation::samples(&t),
    ];
    all.into_iter().flatten().collect()
}

fn each(mut look: impl FnMut(&str, Language, &str)) {
    for language in Language::ALL {
        for sample in samples(language) {
            look(sample.name, language, &sample.html);
        }
    }
}

/// Elements that have no end.
const VOID: [&str; 8] = ["area", "br", "hr", "img", "input", "link", "meta", "wbr"];

/// The tags of a page in their order: name, attributes, whether it ends an element.
fn tags(html: &str) -> Vec<(&str, &str, bool)> {
    html.split('<')
        .skip(1)
        .filter(|part| !part.starts_with('!'))
        .map(|part| {
            let tag = part.split('>').next().unwrap();
            let (ends, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
            let name_end = tag.find([' ', '\n', '/']).unwrap_or(tag.len());
            (&tag[..name_end], &tag[name_end..], ends)
        })
        .collect()
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    attributes.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

#[test]
fn gallery_every_element_that_begins_ends() {
    each(|name, language, html| {
        let mut open = Vec::new();
        for (tag, attributes, ends) in tags(html) {
            if ends {
                assert_eq!(open.pop(), Some(tag), "{name} {language:?}");
            } else if !VOID.contains(&tag) && !attributes.ends_with('/') {
                open.push(tag);
            }
        }
        assert!(open.is_empty(), "{name} {language:?}: {open:?}");
    });
}

#[test]
fn gallery_nothing_is_inline() {
    each(|name, _, html| {
        for (tag, attributes, _) in tags(html) {
            assert_ne!(tag, "style", "{name}");
            assert!(!attributes.contains(" style="), "{name}: <{tag}{attributes}>");
            let handles = attributes.split(" on").skip(1).any(|rest| {
                rest.trim_start_matches(|letter: char| letter.is_ascii_lowercase()).starts_with('=')
            });
            assert!(!handles, "{name}: <{tag}{attributes}>");
            assert!(!attributes.contains("javascript:"), "{name}: <{tag}{attributes}>");
            if tag == "script" {
                assert!(attribute(attributes, "src").is_none_or(|src| asset::find(src).is_some()), "{name}");
            }
        }
        assert_eq!(html.matches("<script").count(), html.matches("></script>").count(), "{name}");
    });
}

#[test]
fn gallery_every_reference_has_its_element() {
    each(|name, _, html| {
        let tags = tags(html);
        let mut ids = BTreeSet::new();
        for (_, attributes, _) in &tags {
            if let Some(id) = attribute(attributes, "id") {
                assert!(ids.insert(id), "{name}: two elements are called {id}");
            }
        }
        for (tag, attributes, _) in &tags {
            for reference in ["for", "aria-describedby", "aria-labelledby", "data-confirm"] {
                for id in attribute(attributes, reference).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(id), "{name}: <{tag}> {reference} names {id}, which is not there");
                }
            }
            let class = attribute(attributes, "class").unwrap_or_default();
            if *tag == "button" || class.split(' ').any(|class| class == "button") {
                assert!(!attributes.contains("hx-post"), "{name}: a button that needs a script");
            }
        }
    });
}

#[test]
fn gallery_every_page_has_one_title_one_main_and_its_language() {
    each(|name, language, html| {
        for (part, count) in [("<h1", 1), ("<main", 1), ("</title>\n", 1)] {
            assert_eq!(html.matches(part).count(), count, "{name}: {part}");
        }
        assert!(html.contains(&format!("<html lang=\"{}\"", language.code())), "{name}");
        assert!(!html.contains("<title> ·"), "{name} has no title");
        assert!(html.matches("button first").count() <= 1, "{name} has two primary buttons");
    });
}

#[test]
fn gallery_a_page_with_all_that_it_loads_is_below_150_kilobytes() {
    let packed = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap().len()
    };
    let files: usize = asset::all().into_iter().map(|asset| packed(asset.bytes)).sum();
    each(|name, _, html| {
        let total = files + packed(html.as_bytes());
        assert!(total < 150_000, "{name} loads {total} bytes");
    });
}

#[test]
fn gallery_is_written_where_it_is_asked_for() {
    let Ok(folder) = env::var("KONTOR_GALLERY") else { return };
    let folder = Path::new(&folder);
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.join(path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    for asset in asset::all() {
        write(&asset.address, asset.bytes);
    }
    each(|name, language, html| write(&format!("{}/{name}.html", language.code()), html.as_bytes()));
}
