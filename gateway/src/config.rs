//! The gateway's configuration; `config.default.toml` documents each key.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf, time::Duration};

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::Deserialize;
use yiwang_chassis::{
    config::{self as common, Problems, Validate},
    department,
};

use crate::security::client_ip::Network;

/// Everything that the gateway can be told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `[http]`
    pub http: Http,
    /// `[admin]`
    pub admin: common::Admin,
    /// `[database]`
    pub database: common::Database,
    /// `[nats]`
    pub nats: common::Nats,
    /// `[keys]`
    pub keys: common::Keys,
    /// `[telemetry]`
    pub telemetry: common::Telemetry,
    /// `[services]`: name, which is also the token audience → gRPC address.
    pub services: BTreeMap<String, String>,
    /// `[sessions]`
    pub sessions: Sessions,
    /// `[limits]`
    pub limits: Limits,
    /// `[uploads]`
    pub uploads: Uploads,
    /// `[certificates]`
    pub certificates: Certificates,
    /// `[departments]`
    pub departments: Departments,
    /// `[notifier]`
    pub notifier: Notifier,
    /// `[ratings]`
    pub ratings: Ratings,
    /// `[audit]`
    pub audit: common::Audit,
    /// `[demo]`: only under `yiwang up`.
    #[serde(default)]
    pub demo: Option<Demo>,
}

/// `[http]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Where the gateway listens.
    pub listen: SocketAddr,
    /// The address that browsers see, without a slash at the end; also the `iss` of tokens.
    pub public_url: String,
    /// `__Host-` cookies with `Secure`, and HSTS.
    pub secure_cookies: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Bytes of an ordinary body.
    pub max_body: usize,
    /// Bytes of a body with uploads; what exceeds the limit of a file is read and thrown away.
    pub max_upload_body: usize,
    /// Limit of one request.
    #[serde(with = "friendly")]
    pub timeout: Duration,
    /// Limit of one request with uploads.
    #[serde(with = "friendly")]
    pub upload_timeout: Duration,
}

/// `[sessions]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    /// A citizen's session ends after so long without a request.
    #[serde(with = "friendly")]
    pub citizen_idle: Duration,
    /// The same for staff.
    #[serde(with = "friendly")]
    pub staff_idle: Duration,
    /// Every session ends after so long.
    #[serde(with = "friendly")]
    pub absolute: Duration,
    /// Life of an access token; at most five minutes.
    #[serde(with = "friendly")]
    pub access_token: Duration,
}

/// `[limits]`: requests a minute per process; 0 means no limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Per address.
    pub per_address: u32,
    /// Per signed-in account.
    pub per_account: u32,
    /// Sign-in, registration and objections per address.
    pub sign_in: u32,
}

/// `[uploads]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uploads {
    /// A directory, shared by all replicas of the gateway.
    pub dir: PathBuf,
    /// Bytes of one file.
    pub max_file: usize,
    /// Files that one account may have in all.
    pub max_files_per_account: i64,
}

/// `[certificates]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificates {
    /// The font that certificates are printed with; empty: one of the usual places.
    pub font: PathBuf,
}

/// `[departments]`: base addresses, empty where a department is not connected.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departments {
    /// 公安机关户籍部门.
    pub police_household: String,
    /// 公安机关交通管理部门.
    pub traffic_police: String,
    /// 医疗保障部门.
    pub medical_insurance: String,
    /// 人力资源社会保障部门.
    pub social_insurance: String,
    /// 住房公积金管理中心.
    pub housing_fund: String,
    /// 卫生健康部门.
    pub public_health: String,
    /// 教育部门.
    pub education: String,
    /// 住房城乡建设部门.
    pub construction: String,
    /// 市场监督管理部门.
    pub market_supervision: String,
    /// 生态环境部门.
    pub ecology: String,
    /// 残疾人联合会.
    pub disability_federation: String,
    /// 供水、供电、供气企业, through the place's own platform.
    pub utilities: String,
    /// Base of the callbacks; empty: departments are only asked.
    pub callbacks: String,
    /// Limit of one call.
    #[serde(with = "friendly")]
    pub timeout: Duration,
}

impl Departments {
    /// Each department's name in keys and callbacks, and its base address.
    pub fn bases(&self) -> [(&'static str, &str); 12] {
        [
            ("police-household", &self.police_household),
            ("traffic-police", &self.traffic_police),
            ("medical-insurance", &self.medical_insurance),
            ("social-insurance", &self.social_insurance),
            ("housing-fund", &self.housing_fund),
            ("public-health", &self.public_health),
            ("education", &self.education),
            ("construction", &self.construction),
            ("market-supervision", &self.market_supervision),
            ("ecology", &self.ecology),
            ("disability-federation", &self.disability_federation),
            ("utilities", &self.utilities),
        ]
    }
}

/// `[notifier]`: adapters that carry messages beyond the inbox; empty where there is none.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notifier {
    /// Texts to the phone.
    pub sms: String,
    /// The place's own platform.
    pub platform: String,
    /// Limit of one call.
    #[serde(with = "friendly")]
    pub timeout: Duration,
}

impl Notifier {
    /// Each channel's name, which is also that of its secret, and its base address.
    pub fn bases(&self) -> [(&'static str, &str); 2] {
        [("sms", &self.sms), ("platform", &self.platform)]
    }
}

/// `[ratings]` 好差评
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratings {
    /// Working days in which a bad one is looked into and answered.
    pub working_days: u32,
}

/// `[demo]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// The offset file of the demo clock.
    pub clock_file: PathBuf,
    /// Creates the published demo accounts at start.
    pub accounts: bool,
    /// Keeps the drawn faces that demo data of other services name.
    #[serde(default)]
    pub pictures: bool,
}

impl Validate for Config {
    fn validate(&self, problems: &mut Problems) {
        problems.section("admin", &self.admin);
        problems.section("database", &self.database);
        problems.section("nats", &self.nats);
        problems.section("keys", &self.keys);
        problems.section("telemetry", &self.telemetry);
        problems.section("http", &self.http);
        problems.section("sessions", &self.sessions);
        problems.section("uploads", &self.uploads);
        problems.section("audit", &self.audit);
        problems.section("departments", &self.departments);
        problems.section("notifier", &self.notifier);
        let days = self.ratings.working_days;
        problems.require(
            (1..=60).contains(&days),
            "ratings.working_days",
            "must be 1 to 60",
        );
        for (name, uri) in &self.services {
            let known = uri.starts_with("http://") || uri.starts_with("https://");
            problems.require(known, &format!("services.{name}"), "must be an http:// URL");
        }
    }
}

impl Validate for Http {
    fn validate(&self, problems: &mut Problems) {
        let uri = self.public_url.parse::<http::Uri>();
        let usable = uri.is_ok_and(|uri| uri.host().is_some()) && !self.public_url.ends_with('/');
        problems.require(
            usable,
            "public_url",
            "must be a URL without a slash at the end",
        );
        let plain = self.public_url.starts_with("http://");
        problems.require(
            !(self.secure_cookies && plain),
            "secure_cookies",
            "needs an https:// public_url",
        );
        problems.require(self.max_body >= 1024, "max_body", "must be at least 1024");
        problems.require(
            !self.timeout.is_zero(),
            "timeout",
            "must be longer than zero",
        );
    }
}

impl Validate for Sessions {
    fn validate(&self, problems: &mut Problems) {
        let five_minutes = Duration::from_secs(300);
        problems.require(
            !self.access_token.is_zero() && self.access_token <= five_minutes,
            "access_token",
            "must be between 1 s and 5 min",
        );
        let day = Duration::from_secs(24 * 3600);
        problems.require(self.absolute <= day, "absolute", "must be at most 24 h");
        for (key, idle) in [
            ("citizen_idle", self.citizen_idle),
            ("staff_idle", self.staff_idle),
        ] {
            let usable = !idle.is_zero() && idle <= self.absolute;
            problems.require(usable, key, "must be between 1 s and the absolute limit");
        }
    }
}

impl Validate for Departments {
    fn validate(&self, problems: &mut Problems) {
        for (name, base) in self.bases() {
            if !base.is_empty() {
                department::require_base(problems, &name.replace('-', "_"), base);
            }
        }
        department::require_calls(problems, &self.callbacks, self.timeout);
    }
}

impl Validate for Notifier {
    fn validate(&self, problems: &mut Problems) {
        for (name, base) in self.bases() {
            if !base.is_empty() {
                department::require_base(problems, name, base);
            }
        }
        department::require_calls(problems, "", self.timeout);
    }
}

impl Validate for Uploads {
    fn validate(&self, problems: &mut Problems) {
        problems.require(!self.dir.as_os_str().is_empty(), "dir", "must not be empty");
        problems.require(self.max_file >= 1024, "max_file", "must be at least 1024");
    }
}
