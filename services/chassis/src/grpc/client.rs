//! Calling another service.

use std::time::Duration;

use tonic::{
    Request,
    metadata::MetadataValue,
    transport::{Channel, Endpoint},
};

use crate::{fault::Fault, telemetry};

/// How long a caller waits at most, unless it asks for less.
pub const CALL_LIMIT: Duration = Duration::from_secs(15);

/// A channel to `uri` (`http://host:port`), connected when first used and again
/// after a failure.
///
/// # Errors
/// When `uri` does not parse.
pub fn channel(uri: &str) -> Result<Channel, tonic::transport::Error> {
    let endpoint = Endpoint::from_shared(uri.to_owned())?
        .connect_timeout(Duration::from_secs(2))
        .timeout(CALL_LIMIT)
        .tcp_nodelay(true)
        .http2_keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(Duration::from_secs(10))
        .keep_alive_while_idle(true);
    Ok(endpoint.connect_lazy())
}

/// A request that carries the current trace and, if given, an access token.
///
/// # Errors
/// `INTERNAL` when the token is not ASCII.
pub fn request<T>(message: T, token: Option<&str>) -> Result<Request<T>, Fault> {
    let mut request = Request::new(message);
    telemetry::inject_metadata(request.metadata_mut());
    if let Some(token) = token {
        let mut bearer = MetadataValue::try_from(format!("Bearer {token}"))
            .map_err(|_| Fault::internal("the access token is not ASCII"))?;
        bearer.set_sensitive(true);
        request.metadata_mut().insert("authorization", bearer);
    }
    Ok(request)
}
