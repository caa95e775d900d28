//! Several workers: never two at one connection, and nobody's death loses anything.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::connections::Shown;
use app::fetch::{Receive, Received, Receiving};
use app::jobs::{JobState, LEASE, Worker};
use app::{Actor, App, jobs};
use jiff::SignedDuration;
use testkit::both_databases;

use crate::world::{Shelf, World, add_client};

/// Receives so many reports, then never answers again: as if the process had been killed.
#[derive(Debug)]
struct Dying {
    shelf: Arc<Shelf>,
    left: AtomicUsize,
}

impl Receive for Dying {
    fn receive<'a>(&'a self, app: &'a App, received: Received<'a>) -> Receiving<'a> {
        let lives = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match lives {
            Ok(_) => self.shelf.receive(app, received),
            Err(_) => Box::pin(std::future::pending()),
        }
    }
}

/// Watches that of one connection only one report is received at a time.
#[derive(Debug, Default)]
struct Watching {
    shelf: Arc<Shelf>,
    inside: Mutex<HashMap<String, u32>>,
    together: AtomicUsize,
}

impl Receive for Watching {
    fn receive<'a>(&'a self, app: &'a App, received: Received<'a>) -> Receiving<'a> {
        Box::pin(async move {
            let connection = received.connection.id.as_str().to_owned();
            {
                let mut inside = self.inside.lock().unwrap();
                let number = inside.entry(connection.clone()).or_default();
                *number += 1;
                if *number > 1 {
                    self.together.fetch_add(1, Ordering::SeqCst);
                }
            }
            tokio::task::yield_now().await;
            let reception = self.shelf.receive(app, received).await;
            *self.inside.lock().unwrap().get_mut(&connection).unwrap() -= 1;
            reception
        })
    }
}

both_databases! {
    async fn who_is_killed_in_the_middle_is_followed_by_another(test) {
        let world = World::new(test).await;
        let connected = world.connect().await;
        let dying = Dying { shelf: Arc::clone(&world.shelf), left: AtomicUsize::new(7) };
        let worker = Worker::new(world.app.clone(), Arc::new(dying));
        let task = tokio::spawn(async move { worker.work_once().await });
        while world.shelf.times().len() < 7 {
            tokio::task::yield_now().await;
        }
        task.abort();
        let _killed = task.await;
        assert_eq!(world.overview(&connected.connection).await.shown, Shown::Running);
        assert_eq!(world.worker().work_all().await.unwrap(), 0, "the lease still holds");
        world.advance(LEASE + SignedDuration::from_secs(1));
        assert_eq!(world.worker().work_all().await.unwrap(), 1);
        let job = jobs::find(&world.app, &Actor::CommandLine, &world.client, &connected.job).await.unwrap();
        assert_eq!((job.state, job.attempts), (JobState::Done, 2));
        assert!(world.shelf.has_all(world.reports_at_amazon()));
    }

    async fn a_fetch_that_dies_again_and_again_is_given_up_and_said(test) {
        let world = World::new(test).await;
        let connected = world.connect().await;
        for attempt in 1..=6 {
            let dying = Dying { shelf: Arc::clone(&world.shelf), left: AtomicUsize::new(0) };
            let worker = Worker::new(world.app.clone(), Arc::new(dying));
            let task = tokio::spawn(async move { worker.work_once().await });
            loop {
                let job = jobs::find(&world.app, &Actor::CommandLine, &world.client, &connected.job).await.unwrap();
                if (job.attempts, job.step.as_str()) == (attempt, "reports") {
                    break;
                }
                tokio::task::yield_now().await;
            }
            task.abort();
            let _killed = task.await;
            world.advance(LEASE + SignedDuration::from_secs(1));
        }
        assert_eq!(world.worker().work_all().await.unwrap(), 1);
        let view = world.overview(&connected.connection).await;
        assert_eq!(view.connection.trouble.unwrap().code, "given-up");
        assert_eq!(view.shown, Shown::Error);
    }

    async fn four_workers_never_fetch_one_connection_at_the_same_time(test) {
        let world = World::new(test).await;
        let mut clients = vec![world.client.clone()];
        for number in 2..6 {
            clients.push(add_client(&world.app, number).await);
        }
        for client in &clients {
            app::connections::connect(&world.app, &Actor::CommandLine, client, &world.form()).await.unwrap();
        }
        let watching = Arc::new(Watching { shelf: Arc::clone(&world.shelf), ..Watching::default() });
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let worker = Worker::new(world.app.clone(), watching.clone());
                tokio::spawn(async move { worker.work_all().await.unwrap() })
            })
            .collect();
        let mut done = 0;
        for worker in workers {
            done += worker.await.unwrap();
        }
        assert_eq!(done, 5);
        assert_eq!(watching.together.load(Ordering::SeqCst), 0);
        assert_eq!(world.shelf.times(), vec![1; 5 * world.reports_at_amazon()], "once for each client");
    }

    async fn who_is_told_to_stop_gives_back_what_he_cannot_finish(test) {
        let world = World::new(test).await;
        let connected = world.connect().await;
        let dying = Dying { shelf: Arc::clone(&world.shelf), left: AtomicUsize::new(3) };
        let worker = Worker::new(world.app.clone(), Arc::new(dying));
        let (stopping, stopped) = tokio::sync::watch::channel(false);
        let running = tokio::spawn(worker.run(2, stopped, Duration::ZERO));
        while world.shelf.times().len() < 3 {
            tokio::task::yield_now().await;
        }
        stopping.send_replace(true);
        running.await.unwrap();
        let job = jobs::find(&world.app, &Actor::CommandLine, &world.client, &connected.job).await.unwrap();
        assert_eq!((job.state, job.attempts, job.lease_until), (JobState::Waiting, 0, None));
        assert_eq!(world.worker().work_all().await.unwrap(), 1, "another takes it up at once");
        assert!(world.shelf.has_all(world.reports_at_amazon()));
        let text = app::metrics::text(&world.app).await.unwrap();
        for line in [
            "kontor_jobs_total{kind=\"fetch\",result=\"given-back\"} 1\n",
            "kontor_jobs_total{kind=\"fetch\",result=\"done\"} 1\n",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }

    async fn a_cancelled_fetch_ends_and_the_next_one_goes_on(test) {
        let world = World::new(test).await;
        let connected = world.connect().await;
        let (app, actor, client) = (&world.app, &Actor::CommandLine, &world.client);
        let dying = Dying { shelf: Arc::clone(&world.shelf), left: AtomicUsize::new(3) };
        let worker = Worker::new(app.clone(), Arc::new(dying));
        let task = tokio::spawn(async move { worker.work_once().await });
        while world.shelf.times().len() < 3 {
            tokio::task::yield_now().await;
        }
        task.abort();
        let _killed = task.await;
        jobs::cancel(app, actor, client, &connected.job).await.unwrap();
        world.advance(LEASE + SignedDuration::from_secs(1));
        world.worker().work_all().await.unwrap();
        let job = jobs::find(app, actor, client, &connected.job).await.unwrap();
        assert_eq!(job.state, JobState::Cancelled);
        world.fetch_now(&connected.connection).await;
        assert!(world.shelf.has_all(world.reports_at_amazon()));
    }
}
