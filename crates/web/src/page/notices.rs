//! `Benachrichtigungen`: what is open, and what a user hears of by mail.

use app::notices::{NoticeKind, Rhythm};
use store::notices::Notice;

use super::{Frame, Sheet, tasks};
use crate::{
    component::{Choice, Entry, Field, Findings, Form, Message, Part, Section, Tone},
    text::Words,
};

/// The word of a rhythm.
fn rhythm(t: &Words, rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::AtOnce => t.rhythm_at_once(),
        Rhythm::Daily => t.rhythm_daily(),
        Rhythm::Never => t.rhythm_never(),
    }
}

/// The page. `refused` says that something else than a rhythm was sent.
pub fn page(
    frame: Frame,
    here: &str,
    rhythms: &[(NoticeKind, Rhythm)],
    open: &[Notice],
    refused: bool,
) -> Sheet {
    let t = frame.t.clone();
    let field = |(kind, chosen): &(NoticeKind, Rhythm)| {
        let choices = Rhythm::ALL.map(|one| Choice::new(one.name(), rhythm(&t, one)));
        Field::list(kind.name(), kind.text(t.language()), choices.into()).value(chosen.name())
    };
    let fields = rhythms.iter().map(field).collect();
    let form = Form::new(here, t.notices_save(), vec![Entry::Fields(fields)]).note(t.notices_note());
    let mut mail = vec![Part::Form(Box::new(form))];
    if refused {
        mail.insert(0, Part::Message(Message::new(Tone::Bad, t.notice_wrong())));
    }
    let open = if open.is_empty() {
        Part::Text(t.notices_none().to_owned())
    } else {
        Part::Findings(Findings(open.iter().map(|notice| tasks::of_notice(&frame, notice)).collect()))
    };
    let client = frame.client.as_ref().map(|client| client.name.clone()).unwrap_or_default();
    Sheet::new(frame, t.notices(), t.notices_lead(client))
        .card(Section::new(t.notices_open(), vec![open]))
        .card(Section::new(t.notices_by_mail(), mail))
}
