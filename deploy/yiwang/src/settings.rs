//! The sections that every service has, read without knowing the service.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::Context;
use serde::{Deserialize, de::IgnoredAny};
use yiwang_chassis::config::{self, Problems, Validate};

use crate::services::{Service, Source};

/// What commands need to know of any service's configuration.
#[derive(Deserialize)]
pub(crate) struct Settings {
    pub(crate) database: config::Database,
    pub(crate) keys: config::Keys,
    pub(crate) telemetry: config::Telemetry,
    pub(crate) audit: Audit,
    grpc: Option<Listen>,
    http: Option<Listen>,
    demo: Option<IgnoredAny>,
}

/// `[audit]`
#[derive(Deserialize)]
pub(crate) struct Audit {
    /// Where the signed heads go.
    pub(crate) heads_dir: PathBuf,
}

#[derive(Deserialize)]
struct Listen {
    listen: SocketAddr,
}

impl Settings {
    /// Where the service listens.
    pub(crate) fn listen(&self) -> anyhow::Result<SocketAddr> {
        let listen = self
            .http
            .as_ref()
            .or(self.grpc.as_ref())
            .map(|section| section.listen);
        listen.context("the configuration has neither http.listen nor grpc.listen")
    }

    /// Whether the configuration wants what only a demonstration may have.
    pub(crate) fn wants_demo(&self) -> bool {
        self.demo.is_some()
    }
}

impl Validate for Settings {
    fn validate(&self, problems: &mut Problems) {
        problems.section("database", &self.database);
        problems.section("keys", &self.keys);
        problems.section("telemetry", &self.telemetry);
    }
}

/// Which configuration a command works with.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Which {
    /// Configuration file (TOML); YIWANG_<SERVICE>__<SECTION>__<KEY> overrides it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where `yiwang up` keeps its state; used when there is no --config
    #[arg(long, value_name = "DIR", default_value = ".local")]
    data: PathBuf,
}

impl Which {
    /// What `yiwang up` wrote where it keeps its state.
    pub(crate) fn at(data: &Path) -> Self {
        Self {
            config: None,
            data: data.to_owned(),
        }
    }

    /// The source for `service`: the named file, else what a running `yiwang up` wrote.
    pub(crate) fn source(&self, service: &'static Service) -> Source {
        let written = written_by_up(&self.data, service);
        let file = self
            .config
            .clone()
            .or_else(|| Some(written).filter(|file| file.is_file()));
        Source { service, file }
    }
}

/// The file that `yiwang up` writes for a service at each start.
pub(crate) fn written_by_up(data: &Path, service: &Service) -> PathBuf {
    data.join("config").join(format!("{}.toml", service.name))
}
