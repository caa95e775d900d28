//! A month leaves as the one-shot command would write it, once, and stays.

use std::io::Read as _;

use app::books::batch::{archive, find, mark_processed, replace, withdraw};
use app::books::check::check;
use app::books::entries::entries;
use app::books::export::export;
use app::books::months::{MonthState, months};
use app::books::sheet::Sheet;
use app::books::totals::totals;
use datev::PostingReader;
use store::batches::BatchState;
use store::movements::{Filter, Walk};
use testkit::both_databases;

use crate::desk::{ME, code, confirmed, desk, empty, new_client, october};

const BATCH: &str = "EXTF_Buchungsstapel_2026-10.csv";

both_databases! {
    async fn a_month_leaves_byte_for_byte_as_the_one_shot_command_writes_it(test) {
        let desk = desk(&test.database).await;
        let batch = export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        let found = find(&desk.app, &ME, &desk.client, &batch.begun.id).await.unwrap();
        let names: Vec<&str> = found.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, [BATCH, "EXTF_Kontenbeschriftungen.csv", "EXTF_Debitoren.csv"]);
        for file in &found.files {
            let bytes = desk.bytes(&found, file.number).await;
            assert_eq!(bytes.len(), usize::try_from(file.bytes).unwrap());
            assert!(bytes == desk.converted(&confirmed(), october(), &file.name), "{} differs", file.name);
        }
        assert!(batch.content.postings > 300, "{}", batch.content.postings);
        assert_eq!(batch.state, BatchState::Exported);
        let mut transaction = test.database.read().await.unwrap();
        let journal = store::journal::of_client(&mut transaction, &desk.client, None, 1).await.unwrap();
        assert_eq!((journal[0].action.as_str(), &journal[0].content), ("batch.exported", &batch.content.sha256));
    }

    async fn what_pages_show_is_what_leaves(test) {
        let desk = desk(&test.database).await;
        let batch = export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        let found = find(&desk.app, &ME, &desk.client, &batch.begun.id).await.unwrap();
        let sheet: Sheet = serde_json::from_str(&batch.content.sheet).unwrap();
        let totals = totals(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        let provider = totals.iter().find(|total| total.provider).unwrap();
        assert_eq!((provider.debit, provider.credit), (sheet.accounts[0].debit, sheet.accounts[0].credit));
        assert_eq!(provider.entries, sheet.postings);
        assert_eq!(provider.debit, found.files[0].debit);
        let balance = &sheet.balances[0];
        assert_eq!(balance.closing - balance.opening, provider.debit - provider.credit);

        let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
        let begin = october().first().to_zoned(zone.clone()).unwrap().timestamp();
        let filter = Filter { from: Some(begin), until: Some(october().end_in(&zone)), ..Filter::default() };
        let (mut shown, mut after) = (Vec::new(), None);
        loop {
            let page = entries(&desk.app, &ME, &desk.client, &Walk::Oldest, &filter, after.as_ref(), 100).await.unwrap();
            shown.extend(page.rows.into_iter().flat_map(|row| row.entries));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let bytes = desk.bytes(&found, 0).await;
        let mut left: Vec<String> = PostingReader::new(bytes.as_slice())
            .unwrap()
            .map(|posting| {
                let posting = posting.unwrap();
                format!("{} {} {} {} {}", posting.date, posting.amount.minor(), posting.contra_account, posting.document_number.as_str(), posting.settlement_reference)
            })
            .collect();
        let mut seen: Vec<String> = shown
            .iter()
            .map(|entry| format!("{} {} {} {} {}", entry.date, entry.amount, entry.contra_account, entry.document_number, entry.settlement))
            .collect();
        left.sort();
        seen.sort();
        assert_eq!(seen, left);
        assert!(check(&desk.app, &ME, &desk.client, october(), None).await.unwrap().is_empty());
    }

    async fn a_month_leaves_once_until_it_is_withdrawn(test) {
        let desk = desk(&test.database).await;
        let batch = export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        assert_eq!(code(export(&desk.app, &ME, &desk.client, october(), None).await), "already-exported");
        let second = replace(&desk.app, &ME, &desk.client, &batch.begun.id).await.unwrap();
        let first = find(&desk.app, &ME, &desk.client, &batch.begun.id).await.unwrap();
        assert_eq!((first.batch.state, second.state), (BatchState::Withdrawn, BatchState::Exported));
        assert!(!desk.bytes(&first, 0).await.is_empty(), "what left stays");
        mark_processed(&desk.app, &ME, &desk.client, &second.begun.id).await.unwrap();
        assert_eq!(code(withdraw(&desk.app, &ME, &desk.client, &second.begun.id).await), "batch-state");
        let months = months(&desk.app, &ME, &desk.client, (october(), october())).await.unwrap();
        assert_eq!(months[0].overviews[0].state, MonthState::Processed);
        assert_eq!(months[0].overviews[0].batches.len(), 2);
        assert!(months[0].coverage.complete && !months[0].coverage.gap, "{:?}", months[0].coverage);
    }

    async fn the_archive_holds_every_file(test) {
        let desk = desk(&test.database).await;
        let batch = export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        let found = find(&desk.app, &ME, &desk.client, &batch.begun.id).await.unwrap();
        let file = archive(&desk.app, &found).await.unwrap();
        let mut archive = zip::ZipArchive::new(file).unwrap();
        assert_eq!(archive.len(), 3);
        let mut bytes = Vec::new();
        archive.by_name(BATCH).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(bytes == desk.bytes(&found, 0).await);
    }

    async fn nothing_leaves_by_settings_that_nobody_confirmed_or_of_an_empty_month(test) {
        let desk = empty(&test.database).await;
        assert_eq!(code(export(&desk.app, &ME, &desk.client, october(), None).await), "settings-missing");
        let mut document = confirmed();
        document.kontor.accounts_confirmed = None;
        desk.save(&document).await.unwrap();
        assert_eq!(code(export(&desk.app, &ME, &desk.client, october(), None).await), "accounts-not-confirmed");
        desk.save(&confirmed()).await.unwrap();
        for _ in 0..2 {
            assert_eq!(code(export(&desk.app, &ME, &desk.client, october(), None).await), "nothing-to-export");
        }
    }

    async fn another_clients_batch_is_not_there(test) {
        let desk = desk(&test.database).await;
        let batch = export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        let other = new_client(&desk.app, "Südwind").await;
        assert_eq!(code(find(&desk.app, &ME, &other, &batch.begun.id).await), "not-found");
        assert_eq!(code(withdraw(&desk.app, &ME, &other, &batch.begun.id).await), "not-found");
    }
}
