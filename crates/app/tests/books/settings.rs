//! Settings are kept in versions, and nobody overwrites what somebody else saved.

use app::books::export::export;
use app::books::totals::totals;
use app::settings::{Document, stored};
use ledger::chart::Chart;
use testkit::both_databases;

use crate::desk::{ME, code, confirmed, desk, empty, new_client, october};

both_databases! {
    async fn every_save_is_a_version_with_author_and_line_in_the_journal(test) {
        let desk = empty(&test.database).await;
        let none = stored::current(&desk.app, &ME, &desk.client).await.unwrap();
        assert_eq!((none.version, none.document), (0, Document::default()), "there is no default chart");
        assert_eq!(desk.save(&Document::proposed(Chart::Skr03)).await.unwrap(), 1);
        assert_eq!(desk.save(&confirmed()).await.unwrap(), 2);
        assert_eq!(desk.save(&confirmed()).await.unwrap(), 2, "the same is no new version");
        let stale = stored::save(&desk.app, &ME, &desk.client, &Document::proposed(Chart::Skr04), 1, "").await;
        assert_eq!(code(stale), "settings-changed");
        assert_eq!(code(desk.save(&Document::default()).await), "settings-refused");
        let versions = stored::versions(&desk.app, &ME, &desk.client, None, 10).await.unwrap();
        assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(versions[0].author, "command line");
        let first = stored::version(&desk.app, &ME, &desk.client, 1).await.unwrap();
        assert_eq!(first.document, Document::proposed(Chart::Skr03));
        let mut transaction = test.database.read().await.unwrap();
        let journal = store::journal::of_client(&mut transaction, &desk.client, None, 10).await.unwrap();
        assert_eq!(journal.iter().filter(|line| line.action == "settings.saved").count(), 2);
        assert_eq!(journal[0].content, versions[0].sha256);
    }

    async fn another_zone_counts_the_days_again(test) {
        let desk = desk(&test.database).await;
        let before = totals(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        let mut document = confirmed();
        document.client.zone = Some("Pacific/Auckland".to_owned());
        desk.save(&document).await.unwrap();
        let after = totals(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        assert_ne!(before, after, "a month begins twelve hours earlier there");
        let batch = export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        assert_eq!(batch.content.postings, after.iter().find(|total| total.provider).unwrap().entries);
    }

    async fn copied_settings_leave_the_clients_own_numbers_and_confirm_nothing(test) {
        let desk = empty(&test.database).await;
        let mut document = confirmed();
        document.client.mandant = Some("7".to_owned());
        document.client.berater = Some("29098".to_owned());
        document.client.start = Some("2026-09-01".to_owned());
        desk.save(&document).await.unwrap();
        let other = new_client(&desk.app, "Südwind").await;
        stored::copy_from(&desk.app, &ME, &other, &desk.client, 0).await.unwrap();
        let copied = stored::current(&desk.app, &ME, &other).await.unwrap().document;
        assert_eq!(copied.accounts, document.accounts);
        assert_eq!((copied.client.mandant, copied.client.start), (None, None));
        assert_eq!(copied.client.berater.as_deref(), Some("29098"), "the adviser is the same");
        assert_eq!(copied.kontor.accounts_confirmed, None);
    }
}
