//! A month of all clients in one archive.

use std::io::{Cursor, Read as _};

use app::Actor;
use app::access::Role;
use app::books::archive::packed;
use app::books::export::export;
use app::clients::archive::of_month;
use store::id::UserId;
use testkit::both_databases;
use zip::ZipArchive;

use crate::desk::{ME, desk, new_client, october};

both_databases! {
    async fn the_batches_of_a_month_stand_in_a_folder_for_each_client(test) {
        let desk = desk(&test.database).await;
        let other = new_client(&desk.app, "Adler/../& Söhne").await;
        assert!(of_month(&desk.app, &ME, october()).await.unwrap().is_empty());
        export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();

        let found = of_month(&desk.app, &ME, october()).await.unwrap();
        let batch = found[0].1.clone();
        let mut bytes = Vec::new();
        let mut blocks = packed(&desk.app, found);
        while let Some(block) = blocks.recv().await {
            bytes.extend(block.unwrap());
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let name = "002 Nordlicht/EXTF_Buchungsstapel_2026-10.csv";
        let mut read = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut read).unwrap();
        assert!(read == desk.bytes(&batch, 0).await);
        assert_eq!(archive.len(), 3);

        let stranger = Actor::User {
            id: UserId::new(&*desk.app.machine),
            email: "x@example.org".to_owned(),
            operator: true,
            roles: vec![(other, Role::Owner)],
        };
        assert!(of_month(&desk.app, &stranger, october()).await.unwrap().is_empty());
    }
}
