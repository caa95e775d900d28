//! A machine on which all is well, before and after the first start.

use jiff::SignedDuration;
use testkit::smtp::{MailServer, Mood};

use crate::house::{House, amazon, line};

#[test]
fn all_is_well_after_the_first_start_and_nothing_was_changed() {
    let house = House::new();
    let before = house.contents();
    let (answer, status) = house.doctor(&["--public-url", "https://kontor.example.org"]);
    assert_eq!((status, answer["grade"].as_str()), (0, Some("warning")), "{answer}");
    for subject in ["configuration", "master-key", "disk", "database", "jobs", "clock", "amazon"] {
        let (grade, text) = line(&answer, subject);
        assert_eq!(grade, "ok", "{subject}: {text}");
    }
    assert_eq!(line(&answer, "mail").0, "warning", "nobody is told by mail");
    assert!(line(&answer, "database").1.contains("whole, version"), "{answer}");
    assert_eq!(house.contents(), before);
}

#[test]
fn before_the_first_start_nothing_is_made() {
    let house = House::empty();
    let (answer, status) = house.doctor(&[]);
    assert_eq!(status, 0, "{answer}");
    assert!(line(&answer, "database").1.contains("none yet"));
    assert!(line(&answer, "master-key").1.contains("none yet"));
    assert!(!house.data().exists());
}

#[test]
fn people_read_lines_with_what_to_do_in_their_language() {
    let house = House::new();
    let output = house.kontor(&["doctor", "--amazon", &house.amazon, "--lang", "de"]).output();
    let output = output.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert!(text.contains("gut      Datenbank       SQLite: antwortet, unversehrt"), "{text}");
    assert!(text.contains("Warnung  Mail            kein Mailserver eingerichtet"), "{text}");
    assert!(text.contains("→ Ohne ihn hört niemand von Lücken"), "{text}");
    assert!(text.ends_with("bitte sehen Sie sich die Warnungen an.\n"), "{text}");
}

#[test]
fn a_clock_that_is_off_is_told_with_its_seconds() {
    let mut house = House::new();
    house.amazon = amazon(SignedDuration::from_mins(-2));
    let (grade, text) = house.says("clock");
    assert_eq!(grade, "warning");
    assert!(["119", "120", "121"].iter().any(|seconds| text.starts_with(seconds)), "{text}");
    assert!(text.contains("ahead of Amazon's"), "{text}");
    house.amazon = amazon(SignedDuration::from_hours(1));
    let (answer, status) = house.doctor(&[]);
    let (grade, text) = line(&answer, "clock");
    assert_eq!((grade.as_str(), status), ("error", 1));
    assert!(text.contains("behind Amazon's") && text.contains("timedatectl set-ntp true"), "{text}");
}

#[test]
fn without_a_network_it_says_so_and_what_remains() {
    let mut house = House::new();
    house.amazon = "http://127.0.0.1:1/".to_owned();
    let (answer, status) = house.doctor(&[]);
    assert_eq!(status, 1);
    let (grade, text) = line(&answer, "amazon");
    assert_eq!(grade, "error");
    assert!(text.contains("cannot be reached") && text.contains("HTTPS_PROXY"), "{text}");
    assert_eq!(line(&answer, "clock").0, "warning");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_server_is_tried_and_a_mail_goes_out_only_when_asked() {
    let server = MailServer::start().await;
    let house = House::empty();
    let smtp = ["--smtp", server.url.as_str()];
    let (answer, _) = house.doctor(&smtp);
    assert_eq!(line(&answer, "mail").0, "ok", "{answer}");
    assert_eq!(server.tried(), 0);
    let (answer, _) = house.doctor(&[&smtp[..], &["--mail-to", "erika@example.org"]].concat());
    assert_eq!(line(&answer, "mail").0, "ok", "{answer}");
    assert_eq!(server.next().await.header("Subject"), "Kontor: trial");

    server.behave(Mood::RefusesLogin);
    let with_login = server.url.replace("smtp://", "smtp://erika:geheim@");
    let (answer, status) = house.doctor(&["--smtp", &with_login]);
    let (grade, text) = line(&answer, "mail");
    assert_eq!((grade.as_str(), status), ("error", 1));
    assert!(text.contains("does not accept the login") && !answer.to_string().contains("geheim"), "{text}");
    let (answer, _) = house.doctor(&["--smtp", "mail.example.org"]);
    assert!(line(&answer, "mail").1.contains("smtp://user:password@"), "{answer}");
}

#[test]
fn settings_that_do_not_fit_are_told() {
    let house = House::empty();
    for (url, grade, part) in [
        ("kontor.example.org", "error", "no public address"),
        ("http://kontor.example.org", "warning", "Without TLS"),
        ("http://127.0.0.1:8080", "ok", "127.0.0.1:8080"),
    ] {
        let (answer, _) = house.doctor(&["--public-url", url]);
        let (found, text) = line(&answer, "configuration");
        assert_eq!(found, grade, "{url}: {text}");
        assert!(text.contains(part), "{text}");
    }
}
