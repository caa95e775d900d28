//! Buchungen: narrowed, searched, walked through, and back to the report.

use app::Actor;
use app::Role;
use app::books::totals::totals;
use axum::http::StatusCode;
use testkit::both_databases;

use crate::desk::{after, with_books, with_chart};
use crate::world::{Who, World};

const OWNER: Who = Who::Member(Role::Owner);

both_databases! {
    async fn every_entry_of_a_month_is_on_exactly_one_page(test) {
        let world = World::new(test).await;
        let month = with_books(&world).await[0];
        let cookie = world.cookie_of(OWNER).await;
        let all = totals(&world.app, &Actor::CommandLine, &world.client, month, None).await.unwrap();
        let entries = all.iter().find(|total| total.provider).unwrap().entries;
        let here = format!("/clients/{}/entries", world.client);
        let mut address = format!("{here}?month={month}");
        let mut seen = 0;
        for _ in 0..100 {
            let page = world.get(&address, cookie.as_deref()).await;
            assert_eq!(page.status, StatusCode::OK);
            let list = page.body.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
            seen += u64::try_from(list.matches("<tr").count() - list.matches("nicht gebucht").count()).unwrap();
            if !page.body.contains("rel=\"next\"") {
                break;
            }
            address = after(&page.body, "rel=\"next\" href=\"").replace("&#38;", "&");
        }
        assert_eq!(seen, entries);
    }

    async fn an_entry_leads_to_its_line_and_the_line_back(test) {
        let world = World::new(test).await;
        let month = with_books(&world).await[0];
        let cookie = world.cookie_of(OWNER).await;
        let here = format!("/clients/{}/entries", world.client);
        let page = world.get(&format!("{here}?month={month}&kind=payment"), cookie.as_deref()).await;
        let document = after(&page.body, &format!("href=\"/clients/{}/documents/", world.client));
        let report = world.get(&format!("/clients/{}/documents/{}", world.client, document.replace("&#38;", "&")), cookie.as_deref()).await;
        assert_eq!(report.status, StatusCode::OK);
        let back = after(&report.body, &format!("href=\"{here}?movement="));
        let row = world.get(&format!("{here}?movement={back}"), cookie.as_deref()).await;
        assert!(row.body.contains("Buchungen einer Zeile"), "{}", row.body);
        for nothing in ["7", "99999.1", "x.y"] {
            let answer = world.get(&format!("{here}?movement={nothing}"), cookie.as_deref()).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nothing}");
        }
    }

    async fn numbers_amounts_accounts_and_kinds_narrow_the_list(test) {
        let world = World::new(test).await;
        let month = with_books(&world).await[0];
        let cookie = world.cookie_of(OWNER).await;
        let here = format!("/clients/{}/entries", world.client);
        let payments = world.get(&format!("{here}?month={month}&kind=payment"), cookie.as_deref()).await;
        let number = payments.body.split("<th scope=\"row\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let found = world.get(&format!("{here}?q={number}&exact=yes"), cookie.as_deref()).await;
        assert!(found.body.contains(&format!("<th scope=\"row\">{number}")), "{}", found.body);
        let prefix: String = number.chars().take(number.len() - 1).collect();
        assert!(world.get(&format!("{here}?q={prefix}"), cookie.as_deref()).await.body.contains(&number));
        let nothing = world.get(&format!("{here}?q={prefix}&exact=yes&in=seller-order"), cookie.as_deref()).await;
        assert!(nothing.body.contains("Keine Buchungen"), "{}", nothing.body);
        let none = world.get(&format!("{here}?q=123456789,01&in=amount"), cookie.as_deref()).await;
        assert!(none.body.contains("Keine Buchungen"));
        let transit = world.get(&format!("{here}?month={month}&account=1461"), cookie.as_deref()).await;
        let list = transit.body.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
        assert!(!list.contains(">10000<") && list.contains(">1461<"), "{list}");
        let csv = world.get(&format!("{here}?month={month}&format=csv"), cookie.as_deref()).await;
        assert!(csv.body.contains("Belegfeld 1") && csv.body.lines().count() > 5);
    }

    async fn a_month_is_checked_by_the_rules_of_datev(test) {
        let world = World::new(test).await;
        let month = with_books(&world).await[0];
        let cookie = world.cookie_of(OWNER).await;
        let check = format!("/clients/{}/entries/check?month={month}", world.client);
        let page = world.get(&check, cookie.as_deref()).await;
        assert!(page.body.contains("Keine Beanstandung."), "{}", page.body);
    }

    async fn without_reports_or_without_a_chart_the_page_says_what_to_do_first(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await;
        let here = format!("/clients/{}/entries", world.client);
        let page = world.get(&here, cookie.as_deref()).await;
        assert!(page.body.contains("Noch keine Abrechnung"), "{}", page.body);
        with_chart(&world).await;
        assert_eq!(world.get(&format!("{here}?month=2026-10"), cookie.as_deref()).await.status, StatusCode::OK);
    }

    async fn an_auditor_sees_his_period_and_nothing_else(test) {
        let world = World::new(test).await;
        let months = with_books(&world).await;
        let cookie = world.cookie_of(Who::Auditor).await;
        let here = format!("/clients/{}/entries", world.client);
        let page = world.get(&format!("{here}?q=S0&in=order-reference"), cookie.as_deref()).await;
        let own = jiff::civil::date(2026, 10, 1);
        for month in months.iter().filter(|month| month.first() != own) {
            let day = format!(".{:02}.{}", month.first().month(), month.first().year());
            assert!(!page.body.contains(&day), "{day}");
            let export = format!("/clients/{}/export/{month}", world.client);
            assert_eq!(world.get(&export, cookie.as_deref()).await.status, StatusCode::NOT_FOUND);
        }
    }
}
