use app::{AppError, Refusal};

use super::{bare, gallery::Sample};
use crate::{
    component::{Message, Tone},
    page::{
        error::{ConfirmPage, ErrorPage},
        login::{Login, SecondFactor, Setup, SetupEntries},
    },
    text::Words,
};

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    let wrong = Message::new(
        Tone::Bad,
        t.pick("E-Mail oder Passwort stimmt nicht.", "The e-mail address or the password is wrong."),
    );
    let short: AppError = Refusal::invalid(
        "password",
        "password-short",
        "Das Passwort hat 6 Zeichen; mindestens 12 sind nötig.",
        "The password has 6 characters; at least 12 are needed.",
    )
    .into();
    let broken = AppError::failed("reading the dashboard")("disk I/O error");
    let typed = SetupEntries {
        code: "K7QF-2M9X".to_owned(),
        client: "Teehaus Demo GmbH".to_owned(),
        name: "Erika Musterfrau".to_owned(),
        email: "erika@teehaus.example".to_owned(),
    };
    vec![
        Sample::of("login", Login::new(bare(t, "/login"), "", "/", None)),
        Sample::of("login-wrong", Login::new(bare(t, "/login"), "erika@teehaus.example", "/", Some(wrong))),
        Sample::of("second-factor", SecondFactor::new(bare(t, "/login/code"), "/", None)),
        Sample::of("setup", Setup::new(bare(t, "/setup"), &SetupEntries::default(), None)),
        Sample::of("setup-short-password", Setup::new(bare(t, "/setup"), &typed, Some(&short))),
        Sample::of("error-not-found", ErrorPage::not_found(bare(t, "/nowhere"))),
        Sample::of("error-ours", ErrorPage::new(bare(t, "/"), &broken, "01938c5e-7d3a-7c1b")),
        Sample::of(
            "confirm",
            ConfirmPage {
                t: t.clone(),
                frame: bare(t, "/"),
                question: t
                    .pick("Schnittstelle „Teehaus DE“ entfernen?", "Remove the connection “Teehaus DE”?")
                    .to_owned(),
                text: t
                    .pick(
                        "Der Schlüssel wird gelöscht; Berichte und Buchungen bleiben.",
                        "The key is deleted; reports and entries stay.",
                    )
                    .to_owned(),
                action: "/".to_owned(),
                button: t.pick("Entfernen", "Remove").to_owned(),
                danger: true,
                back: "/".to_owned(),
            },
        ),
    ]
}
