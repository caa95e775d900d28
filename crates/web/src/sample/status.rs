use app::connections::Shown;
use app::notices::{NoticeKind, Rhythm};

use super::{connect, dashboard, frame, gallery::Sample};
use crate::{
    address::Place,
    page::{
        connection::{self, ConnectionView},
        notices, status,
    },
    text::Words,
};

const SELLER: &str = "A3B7EXAMPLE2K9";

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    let frame = || frame(t, Place::Connections);
    let whole = dashboard::chain(SELLER, Some(connect::ID), false);
    let gap = dashboard::chain(SELLER, Some(connect::ID), true);
    let uploaded = dashboard::chain("A9UPLOADED77", None, false);
    let view = ConnectionView {
        overview: connect::overview(Shown::Ok),
        history: Vec::new(),
        refused: Vec::new(),
        chain: Some(gap.clone()),
        error: None,
    };
    let rhythms = |rhythm: Rhythm| NoticeKind::ALL.map(|kind| (kind, rhythm));
    let open = dashboard::notices();
    let here = "/clients/1/notices";
    vec![
        Sample::of("status", status::page(frame(), &[connect::overview(Shown::Ok)], &[whole, uploaded])),
        Sample::of("status-failed", status::page(frame(), &[connect::overview(Shown::Error)], &[gap])),
        Sample::of("status-first-fetch", status::page(frame(), &[connect::overview(Shown::Running)], &[])),
        Sample::of("status-empty", status::page(frame(), &[], &[])),
        Sample::of("connection-settlements", connection::page(frame(), &view)),
        Sample::of("notices", notices::page(frame(), here, &rhythms(Rhythm::Daily), &open, false)),
        Sample::of("notices-empty", notices::page(frame(), here, &rhythms(Rhythm::Never), &[], false)),
        Sample::of("notices-refused", notices::page(frame(), here, &rhythms(Rhythm::AtOnce), &[], true)),
    ]
}
