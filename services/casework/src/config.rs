//! Configuration that every service of cases has: its sections are named once, here.

/// Declares a service's `Config`: the sections of every service, and those of its own.
///
/// A section of its own implements [`yiwang_chassis::config::Validate`].
#[macro_export]
macro_rules! config {
    (
        $(#[$meta:meta])*
        pub struct Config { $($(#[$doc:meta])* $section:ident: $kind:ty,)* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Config {
            /// `[database]`
            pub database: yiwang_chassis::config::Database,
            /// `[nats]`
            pub nats: yiwang_chassis::config::Nats,
            /// `[grpc]`
            pub grpc: yiwang_chassis::config::Grpc,
            /// `[admin]`
            pub admin: yiwang_chassis::config::Admin,
            /// `[telemetry]`
            pub telemetry: yiwang_chassis::config::Telemetry,
            /// `[keys]`
            pub keys: yiwang_chassis::config::Keys,
            /// `[identity]`
            pub identity: yiwang_chassis::config::Identity,
            /// `[audit]`
            pub audit: yiwang_chassis::config::Audit,
            /// `[rules]`
            pub rules: yiwang_chassis::config::Rules,
            $($(#[$doc])* pub $section: $kind,)*
        }

        impl Config {
            /// What a host is opened from.
            #[must_use]
            pub fn sections(&self) -> $crate::host::Sections<'_> {
                $crate::host::Sections {
                    database: &self.database,
                    nats: &self.nats,
                    keys: &self.keys,
                    audit: &self.audit,
                }
            }

            /// What a host is served with.
            #[must_use]
            pub fn doors(&self) -> $crate::host::Doors {
                $crate::host::Doors {
                    grpc: self.grpc.clone(),
                    admin: self.admin.clone(),
                    identity: self.identity.clone(),
                }
            }
        }

        impl yiwang_chassis::config::Validate for Config {
            fn validate(&self, problems: &mut yiwang_chassis::config::Problems) {
                problems.section("database", &self.database);
                problems.section("nats", &self.nats);
                problems.section("grpc", &self.grpc);
                problems.section("admin", &self.admin);
                problems.section("telemetry", &self.telemetry);
                problems.section("keys", &self.keys);
                problems.section("identity", &self.identity);
                problems.section("audit", &self.audit);
                problems.section("rules", &self.rules);
                $(problems.section(stringify!($section), &self.$section);)*
            }
        }
    };
}
