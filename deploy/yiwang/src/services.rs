//! The table of services: the only place that knows everybody.

use std::path::PathBuf;

use futures::future::BoxFuture;
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;
use yiwang_chassis::{
    clock::SharedClock,
    config::{self, ConfigError, Validate},
    db::Schema,
    lifecycle::Lifecycle,
};

/// A process of the product.
pub(crate) struct Service {
    /// Name on the command line, audience of tokens, end of the database's name.
    pub(crate) name: &'static str,
    /// Its commented default configuration.
    pub(crate) defaults: &'static str,
    /// Its PostgreSQL schemas, in order.
    pub(crate) schemas: fn() -> Vec<Schema>,
    /// Loads and validates its whole configuration.
    pub(crate) check: fn(&Source) -> Result<(), ConfigError>,
    start: Start,
}

type Start = for<'a> fn(
    &'a Source,
    SharedClock,
    &'a Lifecycle,
    TcpListener,
) -> BoxFuture<'a, anyhow::Result<()>>;

/// Every service library has the same four names; this writes its row.
macro_rules! service {
    ($name:literal, $library:ident) => {
        Service {
            name: $name,
            defaults: $library::DEFAULTS,
            schemas: $library::schemas,
            check: |source| source.load::<$library::Config>().map(drop),
            start: |source, clock, lifecycle, listener| {
                Box::pin(async move {
                    $library::start(source.load()?, clock, lifecycle, listener).await
                })
            },
        }
    };
}

/// The gateway comes last: it is ready when everybody behind it is.
pub(crate) static ALL: [Service; 6] = [
    service!("assistance", yiwang_assistance),
    service!("marriage", yiwang_marriage),
    service!("burial", yiwang_burial),
    service!("rescue", yiwang_rescue),
    service!("child", yiwang_child),
    service!("gateway", yiwang_gateway),
];

/// The gateway's name.
pub(crate) const GATEWAY: &str = "gateway";
/// The name of the service that has halls in a demonstration.
pub(crate) const MARRIAGE: &str = "marriage";
/// The name of the service that has cemeteries and funeral homes in a demonstration.
pub(crate) const BURIAL: &str = "burial";
/// The name of the service that has rescue stations in a demonstration.
pub(crate) const RESCUE: &str = "rescue";
/// The name of the service that has villages and their directors in a demonstration.
pub(crate) const CHILD: &str = "child";

/// Where a service's configuration comes from: defaults, this file, environment.
#[derive(Clone)]
pub(crate) struct Source {
    /// Whose it is.
    pub(crate) service: &'static Service,
    /// The file, if any.
    pub(crate) file: Option<PathBuf>,
}

impl Service {
    /// The service with this name; for clap.
    pub(crate) fn parse(name: &str) -> Result<&'static Self, String> {
        let known = || {
            ALL.iter()
                .map(|service| service.name)
                .collect::<Vec<_>>()
                .join(", ")
        };
        ALL.iter()
            .find(|service| service.name == name)
            .ok_or_else(|| format!("there is {}", known()))
    }

    /// The name of its database.
    pub(crate) fn database(&self) -> String {
        format!("yiwang_{}", self.name)
    }

    /// Whether it is the gateway, which listens for browsers.
    pub(crate) fn is_gateway(&self) -> bool {
        self.name == GATEWAY
    }
}

impl Source {
    /// Loads the configuration.
    ///
    /// # Errors
    /// When something does not parse or makes no sense.
    pub(crate) fn load<C: DeserializeOwned + Validate>(&self) -> Result<C, ConfigError> {
        let prefix = format!("YIWANG_{}", self.service.name.to_uppercase());
        config::load(self.service.defaults, self.file.as_deref(), &prefix)
    }

    /// Starts the service and returns when it is ready.
    ///
    /// # Errors
    /// When it cannot start; tasks that were spawned belong to `lifecycle`.
    pub(crate) async fn start(
        &self,
        clock: SharedClock,
        lifecycle: &Lifecycle,
        listener: TcpListener,
    ) -> anyhow::Result<()> {
        (self.service.start)(self, clock, lifecycle, listener).await
    }
}
