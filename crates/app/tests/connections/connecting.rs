//! Making a connection: every wrong key is named for what it is, and only a right one is kept.

use std::sync::Arc;

use amazon_pay::client::Region;
use amazon_pay::generate::{Settings, Style, World as Generated, write_csv};
use app::connections::{self, ConnectionState, Shown};
use app::documents::{Receiver, Source, chain, import, library};
use app::{Actor, Language, Role, Silent};
use store::id::UserId;
use testkit::both_databases;

use crate::world::{KEY, KEY_ID, SELLER, World, add_client, code, key_form, key_of};

const PUBLIC: &[u8] = include_bytes!("../../../amazon-pay/tests/keys/public.pem");
const ENCRYPTED: &[u8] = include_bytes!("../../../amazon-pay/tests/keys/encrypted-pkcs8.pem");
const CERTIFICATE: &[u8] = include_bytes!("../../../amazon-pay/tests/keys/certificate.pem");
const CURVE: &[u8] = include_bytes!("../../../amazon-pay/tests/keys/ec-pkcs8.pem");
const SHORT: &[u8] = include_bytes!("../../../amazon-pay/tests/keys/rsa-1024.pem");

both_databases! {
    async fn what_is_no_key_is_named_and_amazon_is_not_asked(test) {
        let world = World::new(test).await;
        let truncated = KEY.get(..KEY.len() / 2).unwrap();
        for (key, expected) in [
            (&b""[..], "key-missing"),
            (b"Guten Tag", "key-not-private"),
            (b"AmazonPay_LIVE-A.pem", "key-not-private"),
            (truncated, "key-truncated"),
            (PUBLIC, "key-public"),
            (ENCRYPTED, "key-encrypted"),
            (CERTIFICATE, "key-certificate"),
            (CURVE, "key-kind"),
            (SHORT, "key-length"),
        ] {
            let mut form = world.form();
            form.key = key_form(KEY_ID, key);
            assert_eq!(code(world.try_connect(&form).await), expected);
        }
        for (id, expected) in
            [("", "key-id-missing"), ("LIVE A", "key-id-form"), ("SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B", "key-of-sandbox")]
        {
            let mut form = world.form();
            form.key = key_form(id, KEY);
            assert_eq!(code(world.try_connect(&form).await), expected);
        }
        assert_eq!(world.control().request_count(), 0);
        let views = connections::overviews(&world.app, &Actor::CommandLine, &world.client).await.unwrap();
        assert!(views.is_empty());
    }

    async fn what_amazon_says_of_a_key_is_said_in_words(test) {
        let world = World::with(test, |builder| builder.merchants(2)).await;
        for (rule, expected) in [
            ("api=wrong-signature", "key-not-of-id"),
            ("api=unknown-key", "key-not-authorized"),
            ("api=suspended", "account-status"),
            ("api=clock:-42s", "clock-ahead"),
            ("api=clock:10m", "clock-behind"),
            ("api=503", "amazon-server"),
            ("api=429", "amazon-patience"),
            ("api=drop", "amazon-not-reached"),
        ] {
            world.control().add_fault(rule.parse().unwrap());
            let error = world.try_connect(&world.form()).await.unwrap_err();
            let refusal = error.refusal().unwrap();
            assert_eq!(refusal.code, expected, "{rule}");
            if rule.ends_with("-42s") {
                assert!(refusal.text(Language::De).contains("um 42 Sekunden vor"), "{refusal:?}");
            }
            world.control().clear_faults();
        }
        // Another key under this id, and this merchant's id with another merchant's key.
        let [_, spare] = world.running.merchants() else { panic!() };
        let mut form = world.form();
        form.key = key_form(KEY_ID, spare.pem().as_bytes());
        assert_eq!(code(world.try_connect(&form).await), "key-not-of-id");
        form.key = key_of(spare);
        let error = world.try_connect(&form).await.unwrap_err();
        assert_eq!(error.refusal().unwrap().code, "other-seller");
        assert!(error.refusal().unwrap().text(Language::De).contains(spare.merchant_id()));
        world.control().revoke_key(KEY_ID);
        assert_eq!(code(world.try_connect(&world.form()).await), "key-not-authorized");
    }

    async fn a_right_key_is_sealed_and_the_first_fetch_waits(test) {
        let world = World::with(test, |builder| builder.region(Region::Japan)).await;
        let connected = world.connect().await;
        let view = world.overview(&connected.connection).await;
        assert_eq!((view.shown, view.connection.region.as_str()), (Shown::Waiting, "jp"));
        assert_eq!(view.job.unwrap().id, connected.job);
        let sealed = store::connections::sealed_key(
            &mut world.app.database.read().await.unwrap(), &connected.connection).await.unwrap().unwrap();
        assert!(!sealed.windows(8).any(|window| KEY.windows(8).any(|plain| plain == window)));
        // The same merchant once more is refused, for another client it is not.
        assert_eq!(code(world.try_connect(&world.form()).await), "seller-connected");
        let other = add_client(&world.app, 2).await;
        connections::connect(&world.app, &Actor::CommandLine, &other, &world.form()).await.unwrap();
    }

    async fn of_two_forms_sent_at_once_one_makes_the_connection(test) {
        let world = World::new(test).await;
        let (first_form, second_form) = (world.form(), world.form());
        let (first, second) = tokio::join!(world.try_connect(&first_form), world.try_connect(&second_form));
        assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
        let views = connections::overviews(&world.app, &Actor::CommandLine, &world.client).await.unwrap();
        assert_eq!(views.len(), 1);
    }

    async fn a_connection_is_paused_resumed_given_another_key_and_removed(test) {
        let world = World::new(test).await;
        let id = world.connect().await.connection;
        let (app, actor, client) = (&world.app, &Actor::CommandLine, &world.client);
        connections::pause(app, actor, client, &id).await.unwrap();
        let view = world.overview(&id).await;
        assert_eq!((view.shown, view.next_run_at(), view.job.is_none()), (Shown::Paused, None, true));
        assert_eq!(code(connections::fetch_now(app, actor, client, &id).await), "connection-paused");
        assert_eq!(world.worker().work_all().await.unwrap(), 0);
        connections::resume(app, actor, client, &id).await.unwrap();
        assert_eq!(world.worker().work_all().await.unwrap(), 1);
        assert_eq!(world.overview(&id).await.shown, Shown::Ok);
        connections::rename(app, actor, client, &id, " Zweiter Laden ").await.unwrap();
        assert_eq!(world.overview(&id).await.connection.label, "Zweiter Laden");

        world.control().revoke_key(KEY_ID);
        assert_eq!(code(connections::test_key(app, actor, client, &id).await), "key-not-authorized");
        world.fetch_now(&id).await;
        let view = world.overview(&id).await;
        assert_eq!((view.shown, view.connection.state), (Shown::Error, ConnectionState::Stopped));
        let fresh = world.control().make_key(Some(amazon_pay::key::Environment::Live)).unwrap();
        let refused = connections::replace_key(app, actor, client, &id, &key_form(KEY_ID, KEY)).await;
        assert_eq!(code(refused), "key-not-authorized");
        connections::replace_key(app, actor, client, &id, &key_of(&fresh)).await.unwrap();
        assert_eq!(world.worker().work_all().await.unwrap(), 1);
        let view = world.overview(&id).await;
        assert_eq!((view.shown, view.connection.public_key_id.as_str()), (Shown::Ok, fresh.public_key_id().as_str()));

        connections::remove(app, actor, client, &id).await.unwrap();
        assert_eq!(code(connections::find(app, actor, client, &id).await), "not-found");
        let sealed = store::connections::sealed_key(&mut app.database.read().await.unwrap(), &id).await.unwrap();
        assert!(sealed.is_none());
        let mut form = world.form();
        form.key = key_of(&fresh);
        form.seller_id = SELLER.to_ascii_lowercase();
        world.try_connect(&form).await.unwrap();
    }

    async fn reports_that_were_uploaded_before_belong_to_the_new_connection(test) {
        let world = World::new(test).await;
        let (app, actor, client) = (&world.app, &Actor::CommandLine, &world.client);
        let upload = async |seller: &str| {
            let settings = Settings { seller_id: seller.to_owned(), rows: 40, months: 1, settlements: Some(2), ..Settings::default() };
            for settlement in Generated::new(settings).unwrap() {
                let mut tray = Receiver::new().unwrap();
                tray.take(&write_csv(&settlement, Vec::new(), Style::default()).unwrap()).unwrap();
                let received = tray.finish("report.csv", Source::Upload).unwrap();
                import(app, actor, client, received, Arc::new(Silent)).await.unwrap();
            }
        };
        upload(SELLER).await;
        upload("A9SOMEBODYELSE").await;
        let id = world.connect().await.connection;
        let documents = library::list(app, actor, client, None, None, 10).await.unwrap();
        let owner_of = |seller: &str| {
            let own = documents.iter().filter(|document| document.received.seller == seller);
            own.map(|document| document.received.connection.clone()).collect::<Vec<_>>()
        };
        assert_eq!(owner_of(SELLER), vec![Some(id.clone()), Some(id.clone())]);
        assert_eq!(owner_of("A9SOMEBODYELSE"), vec![None, None]);
        let chains = chain::list(app, actor, client, Some(&id)).await.unwrap();
        assert_eq!(chains.iter().map(|chain| chain.settlements.len()).collect::<Vec<_>>(), [2]);
        let mut transaction = app.database.read().await.unwrap();
        let lines = store::journal::of_client(&mut transaction, client, None, 10).await.unwrap();
        assert!(lines.iter().any(|line| line.action == "documents.assigned" && line.subject == format!("2 → {id}")));
    }

    async fn what_belongs_to_another_client_is_not_there(test) {
        let world = World::new(test).await;
        let id = world.connect().await.connection;
        let other = add_client(&world.app, 2).await;
        let user = |role| Actor::User {
            id: UserId::new(world.machine.as_ref()),
            email: "jemand@example.com".to_owned(),
            operator: true,
            roles: vec![(other.clone(), role)],
        };
        let owner = user(Role::Owner);
        for (actor, client) in [(&owner, &world.client), (&owner, &other)] {
            assert_eq!(code(connections::overview(&world.app, actor, client, &id).await), "not-found");
            assert_eq!(code(connections::fetch_now(&world.app, actor, client, &id).await), "not-found");
            assert_eq!(code(connections::remove(&world.app, actor, client, &id).await), "not-found");
            assert_eq!(code(app::fetch::history(&world.app, actor, client, &id, None, 10).await), "not-found");
        }
        let adviser = connections::connect(&world.app, &user(Role::Adviser), &other, &world.form()).await;
        assert_eq!(code(adviser), "forbidden");
    }
}
