//! What changes after a month has left.

use app::books::batch::{find, mark_processed, withdraw};
use app::books::correct::correct;
use app::books::export::export;
use app::books::months::{MonthState, months};
use app::books::totals::would_change;
use app::settings::AccountForm;
use datev::PostingReader;
use testkit::both_databases;

use crate::desk::{ME, code, confirmed, desk, empty, october};

both_databases! {
    async fn a_settlement_that_comes_late_makes_a_correction_and_only_one(test) {
        let desk = empty(&test.database).await;
        desk.save(&confirmed()).await.unwrap();
        let late = desk.reports.len() / 2;
        for place in (0..desk.reports.len()).filter(|place| *place != late) {
            desk.import(place).await;
        }
        export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        assert_eq!(code(correct(&desk.app, &ME, &desk.client, october(), None).await), "nothing-to-correct");
        desk.import(late).await;
        let state = |overview: Vec<app::books::months::MonthOfClient>| overview[0].overviews[0].state;
        let span = (october(), october());
        assert_eq!(state(months(&desk.app, &ME, &desk.client, span).await.unwrap()), MonthState::Changed);

        let correction = correct(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        assert_eq!(correction.begun.correction, 1);
        let found = find(&desk.app, &ME, &desk.client, &correction.begun.id).await.unwrap();
        assert_eq!(found.files[0].name, "EXTF_Buchungsstapel_2026-10_K1.csv");
        assert_eq!(state(months(&desk.app, &ME, &desk.client, span).await.unwrap()), MonthState::Exported);
        assert_eq!(code(correct(&desk.app, &ME, &desk.client, october(), None).await), "nothing-to-correct");
    }

    async fn another_account_reverses_what_stood_and_writes_it_anew(test) {
        let desk = desk(&test.database).await;
        let batch = export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        let mut document = confirmed();
        document.accounts.push(AccountForm {
            scope: Some("fee-chargeback".to_owned()),
            account: Some("4980".to_owned()),
            ..AccountForm::default()
        });
        let asked = would_change(&desk.app, &ME, &desk.client, &document).await.unwrap();
        assert_eq!((asked.len(), asked[0].month), (1, october()));
        assert!(asked[0].entries > 0);
        document.accounts[5].from = Some("2026-11-01".to_owned());
        assert_eq!(would_change(&desk.app, &ME, &desk.client, &document).await.unwrap(), []);
        document.accounts[5].from = None;
        desk.save(&document).await.unwrap();

        mark_processed(&desk.app, &ME, &desk.client, &batch.begun.id).await.unwrap();
        let correction = correct(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        let found = find(&desk.app, &ME, &desk.client, &correction.begun.id).await.unwrap();
        let bytes = desk.bytes(&found, 0).await;
        let postings: Vec<_> = PostingReader::new(bytes.as_slice()).unwrap().map(Result::unwrap).collect();
        let reversed = postings.iter().filter(|posting| posting.general_reversal);
        assert_eq!(reversed.clone().count() * 2, postings.len());
        assert_eq!(u64::try_from(reversed.count()).unwrap(), asked[0].entries);
        assert_eq!(found.files[0].debit, found.files[0].credit, "nothing moves on the provider account");
        assert_eq!(code(withdraw(&desk.app, &ME, &desk.client, &batch.begun.id).await), "corrected-already");
    }

    async fn what_comes_late_for_closed_books_is_booked_in_the_first_open_month(test) {
        let desk = empty(&test.database).await;
        desk.save(&confirmed()).await.unwrap();
        let late = desk.reports.len() / 2;
        for place in (0..desk.reports.len()).filter(|place| *place != late) {
            desk.import(place).await;
        }
        export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        let mut document = confirmed();
        document.client.closed_until = Some("2026-10-31".to_owned());
        desk.save(&document).await.unwrap();
        desk.import(late).await;
        let october_only = months(&desk.app, &ME, &desk.client, (october(), october())).await.unwrap();
        assert_eq!(october_only[0].overviews[0].state, MonthState::Exported, "closed books do not change");
        assert_eq!(code(correct(&desk.app, &ME, &desk.client, october(), None).await), "nothing-to-correct");

        let november = october().next();
        let batch = export(&desk.app, &ME, &desk.client, november, None).await.unwrap();
        let found = find(&desk.app, &ME, &desk.client, &batch.begun.id).await.unwrap();
        let bytes = desk.bytes(&found, 0).await;
        let postings: Vec<_> = PostingReader::new(bytes.as_slice()).unwrap().map(Result::unwrap).collect();
        let late: Vec<_> = postings.iter().filter(|posting| posting.text.starts_with("Nachtrag ")).collect();
        assert!(late.len() > 10, "{}", late.len());
        assert!(late.iter().all(|posting| posting.date == november.first()));
    }
}
