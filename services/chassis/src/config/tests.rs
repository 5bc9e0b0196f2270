//! Precedence and refusals. Each test runs in its own process under nextest, and
//! figment's `Jail` undoes files and variables in any case.

#![expect(
    clippy::result_large_err,
    reason = "figment's Jail wants its large error"
)]

use figment::Jail;
use secrecy::ExposeSecret as _;
use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    database: Database,
    grpc: Grpc,
    payment: Payment,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payment {
    batch: u32,
}

impl Validate for Payment {
    fn validate(&self, problems: &mut Problems) {
        problems.require(self.batch > 0, "batch", "must be positive");
    }
}

impl Validate for Config {
    fn validate(&self, problems: &mut Problems) {
        problems.section("database", &self.database);
        problems.section("grpc", &self.grpc);
        problems.section("payment", &self.payment);
    }
}

const DEFAULTS: &str = r#"
[database]
application_name = "yiwang-assistance"

[grpc]
listen = "127.0.0.1:7001"

[payment]
batch = 500
"#;

fn load_here(file: Option<&str>) -> Result<Config, ConfigError> {
    load(DEFAULTS, file.map(Path::new), "YIWANG_ASSISTANCE")
}

#[test]
fn the_environment_beats_the_file_which_beats_the_defaults() {
    Jail::expect_with(|jail| {
        jail.create_file(
            "y.toml",
            "[payment]\nbatch = 7\n[grpc]\nmax_deadline = '5s'\n",
        )?;
        jail.set_env(
            "YIWANG_ASSISTANCE__DATABASE__URL",
            "postgres://a:12@db/assistance",
        );
        jail.set_env("YIWANG_ASSISTANCE__PAYMENT__BATCH", "9");
        let config = load_here(Some("y.toml")).unwrap();
        assert_eq!(
            config.database.url.expose_secret(),
            "postgres://a:12@db/assistance"
        );
        assert_eq!(config.database.application_name, "yiwang-assistance");
        assert_eq!(config.database.max_connections, 12);
        assert_eq!(config.grpc.listen.port(), 7001);
        assert_eq!(config.grpc.max_deadline.as_secs(), 5);
        assert_eq!(config.payment.batch, 9);
        Ok(())
    });
}

#[test]
fn a_refusal_names_every_key_and_no_secret() {
    Jail::expect_with(|jail| {
        jail.set_env(
            "YIWANG_ASSISTANCE__DATABASE__URL",
            "mysql://a:password@db/x",
        );
        jail.set_env("YIWANG_ASSISTANCE__DATABASE__MAX_CONNECTIONS", "0");
        jail.set_env("YIWANG_ASSISTANCE__PAYMENT__BATCH", "0");
        let refusal = load_here(None).unwrap_err().to_string();
        for key in [
            "database.url:",
            "database.max_connections:",
            "payment.batch:",
        ] {
            assert!(refusal.contains(key), "{refusal}");
        }
        assert!(!refusal.contains("password"), "{refusal}");
        Ok(())
    });
}

#[test]
fn unknown_keys_wrong_types_and_missing_files_are_refused() {
    Jail::expect_with(|jail| {
        jail.create_file("typo.toml", "[payment]\nbatchs = 7\n")?;
        let refusal = load_here(Some("typo.toml")).unwrap_err().to_string();
        assert!(
            refusal.contains("batchs") && refusal.contains("typo.toml"),
            "{refusal}"
        );

        jail.create_file("type.toml", "[grpc]\nmax_deadline = 'soon'\n")?;
        let refusal = load_here(Some("type.toml")).unwrap_err().to_string();
        assert!(refusal.contains("grpc.max_deadline"), "{refusal}");

        assert!(matches!(
            load_here(Some("none.toml")),
            Err(ConfigError::NoFile(_))
        ));
        Ok(())
    });
}

#[test]
fn the_common_defaults_are_valid() {
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct All {
        database: Database,
        nats: Nats,
        grpc: Grpc,
        admin: Admin,
        telemetry: Telemetry,
        keys: Keys,
        identity: Identity,
    }
    impl Validate for All {
        fn validate(&self, problems: &mut Problems) {
            problems.section("database", &self.database);
            problems.section("nats", &self.nats);
            problems.section("grpc", &self.grpc);
            problems.section("admin", &self.admin);
            problems.section("telemetry", &self.telemetry);
            problems.section("keys", &self.keys);
            problems.section("identity", &self.identity);
        }
    }
    let all: All = load(COMMON_DEFAULTS, None, "YIWANG_NOBODY").unwrap();
    assert_eq!(all.nats.max_age.as_secs(), 30 * 24 * 3600);
}
