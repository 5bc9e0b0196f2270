//! A broker whose disk went back in time.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use yiwang_chassis::{
    broker::Broker,
    config,
    servers::{Nats, NatsOptions},
    testing::Scratch,
};

use super::{Service, eventually};

/// A server whose messages can be set back, as after a damaged block: the
/// positions of its consumers stay where they were.
pub(crate) struct Restorable {
    server: Nats,
    copy: PathBuf,
    _scratch: Scratch,
}

impl Restorable {
    pub(crate) async fn start() -> Self {
        let scratch = Scratch::new();
        let options = NatsOptions::throwaway(scratch.path().join("nats"));
        Self {
            server: Nats::start(options).await.unwrap(),
            copy: scratch.path().join("copy"),
            _scratch: scratch,
        }
    }

    pub(crate) fn config(&self) -> config::Nats {
        config_of(&self.server)
    }

    /// Copies the messages while the server is down.
    pub(crate) async fn back_up(&mut self) {
        self.server.kill9().await;
        copy_dir(&messages_of(&self.server), &self.copy);
        self.server.restart().await.unwrap();
    }

    async fn set_back(&mut self) {
        self.server.kill9().await;
        let messages = messages_of(&self.server);
        fs::remove_dir_all(&messages).unwrap();
        copy_dir(&self.copy, &messages);
    }

    pub(crate) async fn restore(&mut self) {
        self.set_back().await;
        self.server.restart().await.unwrap();
    }

    /// Sets the messages back and lets `fill` add others before `service` is connected again.
    pub(crate) async fn restore_filled(
        &mut self,
        service: &Service,
        fill: impl AsyncFnOnce(&Broker),
    ) {
        self.set_back().await;
        // The same store on another port, unknown to the service.
        let options = NatsOptions::throwaway(self.copy.with_extension("elsewhere"));
        let mut other = Nats::start(options).await.unwrap();
        other.kill9().await;
        fs::remove_dir_all(other.store()).unwrap();
        copy_dir(&self.server.store(), &other.store());
        other.restart().await.unwrap();
        let broker = Broker::connect(&config_of(&other)).await.unwrap();
        fill(&broker).await;
        other.kill9().await;
        fs::remove_dir_all(self.server.store()).unwrap();
        copy_dir(&other.store(), &self.server.store());
        let before = service.broker.client().server_info().server_id;
        self.server.restart().await.unwrap();
        eventually("the service to reconnect", async || {
            (service.broker.client().server_info().server_id != before).then_some(())
        })
        .await;
    }
}

fn config_of(server: &Nats) -> config::Nats {
    config::Nats {
        url: server.url().into(),
        credentials: PathBuf::new(),
        replicas: 1,
        max_bytes: 64 << 20,
        max_age: Duration::from_secs(3600),
    }
}

fn messages_of(server: &Nats) -> PathBuf {
    server.store().join("jetstream/$G/streams/YIWANG/msgs")
}

/// With owners and modes: the server may run as another user.
fn copy_dir(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-a").args([from, to]).status();
    assert!(copied.unwrap().success());
}
