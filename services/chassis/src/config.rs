//! Typed configuration: embedded commented defaults, then a file, then environment.
//!
//! A service embeds a TOML file whose table headers name the sections it uses;
//! the defaults of the common sections below come from `config.default.toml`
//! and need not be repeated. `YIWANG_ASSISTANCE__DATABASE__URL` overrides
//! `database.url`. All problems are reported at once, before a port binds, and
//! the executable exits with [`EXIT_CODE`].

use std::{
    fmt,
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
    value::Dict,
};
use serde::de::DeserializeOwned;

mod sections;

pub use sections::{Admin, Audit, Database, Grpc, Identity, Keys, Nats, Rules, Telemetry};

/// The process exit code for a bad configuration (`EX_USAGE`).
pub const EXIT_CODE: u8 = 64;

/// Commented defaults of the sections that the chassis knows.
pub const COMMON_DEFAULTS: &str = include_str!("config.default.toml");

/// A configuration or section that can say what is wrong with its values.
pub trait Validate {
    /// Adds what is wrong to `problems`; keys are relative to this section.
    fn validate(&self, problems: &mut Problems);
}

/// What is wrong with a configuration, collected under dotted keys.
#[derive(Debug, Default)]
pub struct Problems {
    section: Vec<&'static str>,
    found: Vec<String>,
}

/// Why a configuration was refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The named file is not there.
    #[error("configuration file {0} does not exist")]
    NoFile(PathBuf),
    /// A file or variable does not parse, or a key is unknown, missing or of the wrong type.
    #[error("configuration: {0}")]
    Shape(#[source] Box<figment::Error>),
    /// Values are of the right type but make no sense.
    #[error("configuration: {}", .0.join("; "))]
    Values(Vec<String>),
}

impl Problems {
    /// Reports that the value of `key` is wrong, and why.
    pub fn add(&mut self, key: &str, why: impl fmt::Display) {
        let mut path = self.section.join(".");
        if !path.is_empty() {
            path.push('.');
        }
        self.found.push(format!("{path}{key}: {why}"));
    }

    /// Reports `why` unless `good`.
    pub fn require(&mut self, good: bool, key: &str, why: impl fmt::Display) {
        if !good {
            self.add(key, why);
        }
    }

    /// Validates the section that lives under `name`.
    pub fn section(&mut self, name: &'static str, section: &impl Validate) {
        self.section.push(name);
        section.validate(self);
        self.section.pop();
    }
}

/// Reads a configuration: `defaults` (embedded TOML), then `file`, then the
/// environment variables that begin with `env_prefix` (e.g. `YIWANG_ASSISTANCE`).
///
/// # Errors
/// When the file is missing, something does not parse, a key is unknown, or
/// [`Validate`] finds a problem; the message names key and source.
pub fn load<C: DeserializeOwned + Validate>(
    defaults: &str,
    file: Option<&Path>,
    env_prefix: &str,
) -> Result<C, ConfigError> {
    let mut figment = Figment::from(common_defaults_for(defaults)?).merge(Toml::string(defaults));
    if let Some(file) = file {
        if !file.is_file() {
            return Err(ConfigError::NoFile(file.to_owned()));
        }
        figment = figment.merge(Toml::file_exact(file));
    }
    let prefix = format!("{}__", env_prefix.trim_end_matches('_'));
    let config: C = figment
        .merge(Env::prefixed(&prefix).split("__"))
        .extract()
        .map_err(shape)?;

    let mut problems = Problems::default();
    config.validate(&mut problems);
    if problems.found.is_empty() {
        Ok(config)
    } else {
        Err(ConfigError::Values(problems.found))
    }
}

/// The common defaults, cut down to the sections that `defaults` names.
fn common_defaults_for(defaults: &str) -> Result<Figment, ConfigError> {
    let named: Dict = Figment::from(Toml::string(defaults))
        .extract()
        .map_err(shape)?;
    let mut common: Dict = Figment::from(Toml::string(COMMON_DEFAULTS))
        .extract()
        .map_err(shape)?;
    common.retain(|section, _| named.contains_key(section));
    Ok(Figment::from(Serialized::defaults(common)))
}

fn shape(error: figment::Error) -> ConfigError {
    ConfigError::Shape(Box::new(error))
}

#[cfg(test)]
mod tests;
