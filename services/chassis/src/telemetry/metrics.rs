//! The process's one metrics recorder.

use std::{sync::OnceLock, thread, time::Duration};

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Upper bounds of every `*_seconds` histogram.
const SECONDS: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0,
];

/// Installs the recorder unless it is there.
pub(crate) fn install() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let builder = PrometheusBuilder::new();
        let builder = builder
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &SECONDS)
            .unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another metrics recorder is installed; /metrics stays empty");
        }
        // Histograms grow until they are drained, also when nobody scrapes.
        let drained = handle.clone();
        let _ = thread::Builder::new()
            .name("metrics".into())
            .spawn(move || {
                loop {
                    thread::sleep(Duration::from_secs(5));
                    drained.run_upkeep();
                }
            });
        handle
    })
}

/// Shows counters from the start of a worker: one that appears with its first event was never
/// seen at 0, and Prometheus finds no increase.
pub fn count_from_zero(names: &[&'static str]) {
    for &name in names {
        metrics::counter!(name).increment(0);
    }
}

/// All metrics in the Prometheus text format.
pub fn render() -> String {
    install().render()
}
