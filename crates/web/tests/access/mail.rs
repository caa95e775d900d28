//! Links that go by mail where the house has a mail server.

use app::mail::Mailer;
use app::{App, Role};
use axum::http::StatusCode;
use testkit::both_databases;
use testkit::smtp::{MailServer, Mood};

use crate::world::{ORIGIN_OF_SITE, Who, World};

const OWNER: Who = Who::Member(Role::Owner);

fn with_mail(server: &MailServer) -> impl FnOnce(&mut App) {
    let mailer = Mailer::new(&server.url, "Kontor <kontor@example.org>", ORIGIN_OF_SITE).unwrap();
    move |app| app.outside.mail = Some(mailer)
}

/// The path of the link in a mail.
fn path_in(text: &str) -> String {
    let (_, rest) = text.split_once(ORIGIN_OF_SITE).unwrap_or_else(|| panic!("{text}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

both_databases! {
    async fn an_invitation_goes_by_mail_and_its_link_works(test) {
        let server = MailServer::start().await;
        let world = World::with(test, with_mail(&server)).await;
        let owner = world.cookie_of(OWNER).await;
        let path = format!("/clients/{}/users/invitations", world.client);
        let answer = world.post(&path, "email=neu%40example.org&role=reader", owner.as_deref()).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains("per Mail an neu@example.org unterwegs"), "{}", answer.body);
        assert!(!answer.body.contains("code="), "the link is only in the mail");
        let mail = server.next().await;
        assert_eq!((mail.to.as_str(), mail.header("Subject").as_str()),
            ("neu@example.org", "Kontor: Einladung zu Teehaus Demo GmbH"));
        assert!(mail.text().contains("owner@example.org lädt Sie ein"), "{}", mail.text());
        let page = world.get(&path_in(&mail.text()), None).await;
        assert!(page.body.contains("Teehaus Demo GmbH"), "{}", page.body);
    }

    async fn an_invitation_that_could_not_be_sent_is_handed_over_by_hand(test) {
        let server = MailServer::start().await;
        server.behave(Mood::RefusesForGood);
        let world = World::with(test, with_mail(&server)).await;
        let owner = world.cookie_of(OWNER).await;
        let path = format!("/clients/{}/users/invitations", world.client);
        let answer = world.post(&path, "email=neu%40example.org&role=reader", owner.as_deref()).await;
        assert!(answer.body.contains("konnte nicht per Mail gesendet werden"), "{}", answer.body);
        assert!(answer.body.contains("no such user") && answer.body.contains("/invitation?code="));
    }

    async fn whoever_forgot_his_password_gets_a_link_and_strangers_learn_nothing(test) {
        let server = MailServer::start().await;
        let world = World::with(test, with_mail(&server)).await;
        let page = world.get("/forgotten", None).await;
        assert!(page.body.contains("name=\"email\"") && !page.body.contains("kontor user"), "{}", page.body);
        let stranger = world.post("/forgotten", "email=nobody%40example.org", None).await;
        let known = world.post("/forgotten", "email=owner%40example.org", None).await;
        assert_eq!((stranger.status, known.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(stranger.body, known.body, "both are told the same");
        let mail = server.next().await;
        assert_eq!(mail.to, "owner@example.org");
        let link = path_in(&mail.text());
        let (_, code) = link.split_once("code=").unwrap();
        let form = format!("code={code}&password=a+new+password");
        assert_eq!(world.post("/password", &form, None).await.status, StatusCode::OK);
        assert_eq!(world.log_in("owner@example.org", "a new password").await.status, StatusCode::SEE_OTHER);
        assert_eq!(server.mails().len(), 0);
    }

    async fn who_asks_for_links_again_and_again_has_to_wait(test) {
        let server = MailServer::start().await;
        let world = World::with(test, with_mail(&server)).await;
        let mut last = StatusCode::OK;
        for _ in 0..8 {
            last = world.post("/forgotten", "email=owner%40example.org", None).await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        let wrong = world.post("/forgotten", "email=owner", None).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn without_a_mail_server_the_operator_makes_the_link(test) {
        let world = World::new(test).await;
        assert!(world.get("/forgotten", None).await.body.contains("kontor user reset-password"));
        let asked = world.post("/forgotten", "email=owner%40example.org", None).await;
        assert_eq!(asked.status, StatusCode::CONFLICT);
        assert!(asked.body.contains("der Betreiber"), "{}", asked.body);
    }
}
