//! Who listens where, written into one configuration file per service.

use std::{
    fs,
    io::Write,
    net::{Ipv4Addr, SocketAddr, TcpListener as StdListener},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value, json};
use yiwang_chassis::servers::free_port;

use crate::{
    sandbox::Department,
    services::{ALL, BURIAL, CHILD, MARRIAGE, RESCUE, Service, Source},
    settings::written_by_up,
};

use super::local::{Local, Urls};

/// A service with its ports, held until it takes them over.
pub(super) struct Place {
    /// The service and the file written for it.
    pub(super) source: Source,
    /// Metrics and probes.
    pub(super) admin: SocketAddr,
    /// Bound already, so that nobody else gets the port.
    pub(super) listener: StdListener,
}

/// Everything about this start that was chosen at run time.
pub(super) struct Plan {
    /// The services in the order of the table.
    pub(super) places: Vec<Place>,
    /// Where browsers go.
    pub(super) public_url: String,
    /// Where the departments are.
    pub(super) sandbox: SocketAddr,
    /// The demo clock's file, in a demonstration.
    pub(super) clock: Option<PathBuf>,
    /// Something has happened at the rescue stations and to children before anybody looks.
    pub(super) past: bool,
}

impl Plan {
    /// Chooses free ports and writes the files.
    pub(super) fn make(
        local: &Local,
        urls: &Urls,
        portal: StdListener,
        demo: bool,
        past: bool,
    ) -> anyhow::Result<Self> {
        let public_url = format!("http://{}", portal.local_addr()?);
        let mut portal = Some(portal);
        let mut places = Vec::new();
        for service in &ALL {
            let listener = match portal.take_if(|_| service.is_gateway()) {
                Some(portal) => portal,
                None => StdListener::bind(free_address()?)?,
            };
            let file = Some(written_by_up(local.dir(), service));
            let source = Source { service, file };
            places.push(Place {
                source,
                admin: free_address()?,
                listener,
            });
        }
        let clock = demo.then(|| local.path("demo-clock"));
        let plan = Self {
            places,
            public_url,
            sandbox: free_address()?,
            clock,
            past: demo && past,
        };
        plan.write(local, urls)?;
        Ok(plan)
    }

    fn write(&self, local: &Local, urls: &Urls) -> anyhow::Result<()> {
        fs::create_dir_all(local.path("config"))?;
        for (place, database) in self.places.iter().zip(&urls.databases) {
            let service = place.source.service;
            let mut values = json!({
                "database": {"url": database},
                "nats": {"url": urls.nats},
                "admin": {"listen": place.admin},
                "keys": {"dir": local.path("keys")},
                "audit": {"heads_dir": local.path("audit")},
            });
            let own = if service.is_gateway() {
                self.gateway(local)?
            } else {
                self.backend(place)?
            };
            if let (Value::Object(values), Value::Object(own)) = (&mut values, own) {
                values.extend(own);
            }
            write_private(
                &written_by_up(local.dir(), service),
                &toml::to_string(&values)?,
            )?;
        }
        Ok(())
    }

    fn gateway(&self, local: &Local) -> anyhow::Result<Value> {
        let mut services = Map::new();
        let mut values = Map::new();
        for place in &self.places {
            let address = place.listener.local_addr()?;
            if place.source.service.is_gateway() {
                let http = json!({
                    "listen": address, "public_url": self.public_url, "secure_cookies": false,
                });
                values.insert("http".to_owned(), http);
            } else {
                let uri = format!("http://{address}");
                services.insert(place.source.service.name.to_owned(), uri.into());
            }
        }
        values.insert("services".to_owned(), services.into());
        let gateway = self.places.iter().find(|it| it.source.service.is_gateway());
        if let Some(gateway) = gateway
            && let Some(departments) = self.departments(gateway.source.service)?
        {
            values.insert("departments".to_owned(), departments);
        }
        values.insert("uploads".to_owned(), json!({"dir": local.path("files")}));
        if let Some(clock) = &self.clock {
            values.insert(
                "demo".to_owned(),
                json!({"clock_file": clock, "accounts": true, "pictures": self.past}),
            );
        }
        Ok(values.into())
    }

    fn backend(&self, place: &Place) -> anyhow::Result<Value> {
        let mut values = json!({
            "grpc": {"listen": place.listener.local_addr()?},
            "identity": {
                "issuer": self.public_url,
                "jwks_url": format!("{}/.well-known/jwks.json", self.public_url),
            },
        });
        if let Some(departments) = self.departments(place.source.service)? {
            values["departments"] = departments;
        }
        if self.clock.is_some() && place.source.service.name == MARRIAGE {
            values["demo"] = json!({"halls": true});
        }
        if self.clock.is_some() && place.source.service.name == BURIAL {
            values["demo"] = json!({"facilities": true});
        }
        if self.clock.is_some() && place.source.service.name == RESCUE {
            values["demo"] = json!({"stations": true, "past": self.past});
        }
        if self.clock.is_some() && place.source.service.name == CHILD {
            values["demo"] = json!({"places": true, "past": self.past});
        }
        Ok(values)
    }

    /// The sandbox's addresses for the departments that a service reaches.
    fn departments(&self, service: &Service) -> anyhow::Result<Option<Value>> {
        let defaults: toml::Table = service.defaults.parse()?;
        let Some(known) = defaults.get("departments").and_then(toml::Value::as_table) else {
            return Ok(None);
        };
        let mut values = Map::new();
        for department in Department::ALL {
            let name = department.name().replace('-', "_");
            if known.contains_key(&name) {
                let base = format!("http://{}{}", self.sandbox, department.base());
                values.insert(name, base.into());
            }
        }
        let callbacks = format!("{}/api/v1/callbacks", self.public_url);
        values.insert("callbacks".to_owned(), callbacks.into());
        Ok(Some(values.into()))
    }
}

/// A loopback address that is free now.
fn free_address() -> anyhow::Result<SocketAddr> {
    Ok((Ipv4Addr::LOCALHOST, free_port()?).into())
}

/// Writes a file that holds passwords.
fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    let draft = path.with_extension("new");
    drop(fs::remove_file(&draft));
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?;
    file.write_all(text.as_bytes())?;
    fs::rename(draft, path)?;
    Ok(())
}
