//! Logs, traces and metrics of the process.
//!
//! Logs are JSON lines on standard error without personal data. Spans get trace
//! ids always and are exported only when an OTLP collector is configured; the
//! context travels as W3C `traceparent` over HTTP, gRPC, NATS and the outbox.
//! Metrics are kept by one recorder per process and rendered by [`crate::admin`].

use std::{panic::PanicHookInfo, time::Duration};

use anyhow::Context as _;
use opentelemetry::{KeyValue, global, trace::TracerProvider as _};
use opentelemetry_otlp::WithExportConfig as _;
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{Sampler, SdkTracerProvider},
};
use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use crate::config;

mod metrics;
mod propagation;

pub use metrics::{count_from_zero, render as render_metrics};
pub use propagation::{
    continue_trace, current_trace_id, current_traceparent, inject_http, inject_metadata,
    inject_nats, parent_from_http, parent_from_nats, parent_from_traceparent, set_parent,
};

pub(crate) use metrics::install as install_metrics;

/// Sends what is left when it is dropped; keep it until the process ends.
#[derive(Debug)]
pub struct Guard(SdkTracerProvider);

/// Starts telemetry for this process, once, from within the runtime.
///
/// # Errors
/// When the filter or the collector's address is wrong, or telemetry runs already.
pub fn init(config: &config::Telemetry, service: &str) -> anyhow::Result<Guard> {
    let filter: EnvFilter = config.log.parse().context("telemetry.log")?;
    let provider = provider(config, service)?;
    global::set_text_map_propagator(TraceContextPropagator::new());
    tracing_subscriber::registry()
        .with(filter)
        .with(
            tracing_subscriber::fmt::layer()
                .json()
                .flatten_event(true)
                .with_span_list(false)
                .with_writer(std::io::stderr),
        )
        .with(tracing_opentelemetry::layer().with_tracer(provider.tracer("yiwang")))
        .try_init()
        .context("telemetry is running already")?;
    std::panic::set_hook(Box::new(log_panic));
    install_metrics();
    Ok(Guard(provider))
}

impl Drop for Guard {
    fn drop(&mut self) {
        // A collector that is away must not hold up the end of the process.
        let _ = self.0.shutdown_with_timeout(Duration::from_secs(2));
    }
}

fn provider(config: &config::Telemetry, service: &str) -> anyhow::Result<SdkTracerProvider> {
    let resource = Resource::builder()
        .with_service_name(service.to_owned())
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    let builder = SdkTracerProvider::builder().with_resource(resource);
    if config.otlp_endpoint.is_empty() {
        // Ids still travel; nothing is recorded.
        return Ok(builder.with_sampler(Sampler::AlwaysOff).build());
    }
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_tonic()
        .with_endpoint(&config.otlp_endpoint)
        .with_timeout(Duration::from_secs(5))
        .build()
        .context("telemetry.otlp_endpoint")?;
    let sampler = Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(config.sample_ratio)));
    Ok(builder
        .with_sampler(sampler)
        .with_batch_exporter(exporter)
        .build())
}

/// The place of a panic; its message may quote data and stays out of the log.
fn log_panic(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(place, "panicked at {place}");
}

#[cfg(test)]
mod tests;
