//! Calls of the rescue service beyond its cases; one file for each contract.

use tonic::transport::Channel;
use yiwang_chassis::{
    fault::{Code, Fault},
    grpc,
};
use yiwang_proto::rescue::v1::{
    calls_client::CallsClient, easily_lost_client::EasilyLostClient, kin_client::KinClient,
    leaving_client::LeavingClient, notices_client::NoticesClient, patrols_client::PatrolsClient,
    stations_client::StationsClient,
};

use super::{Backends, Service};

mod calls;
mod kin;
mod leaving;
mod notices;
mod patrols;
mod register;
mod stations;

/// The service's name among those behind the gateway.
pub(super) const NAME: &str = "rescue";

/// One client for each contract, over one channel.
pub(super) struct Clients {
    calls: Service<CallsClient<Channel>>,
    kin: Service<KinClient<Channel>>,
    leaving: Service<LeavingClient<Channel>>,
    notices: Service<NoticesClient<Channel>>,
    patrols: Service<PatrolsClient<Channel>>,
    easily_lost: Service<EasilyLostClient<Channel>>,
    stations: Service<StationsClient<Channel>>,
}

impl Clients {
    /// Connects lazily.
    pub(super) fn connect(uri: &str) -> anyhow::Result<Self> {
        let channel = grpc::client::channel(uri)?;
        Ok(Self {
            calls: Service::of(NAME, CallsClient::new(channel.clone())),
            kin: Service::of(NAME, KinClient::new(channel.clone())),
            leaving: Service::of(NAME, LeavingClient::new(channel.clone())),
            notices: Service::of(NAME, NoticesClient::new(channel.clone())),
            patrols: Service::of(NAME, PatrolsClient::new(channel.clone())),
            easily_lost: Service::of(NAME, EasilyLostClient::new(channel.clone())),
            stations: Service::of(NAME, StationsClient::new(channel)),
        })
    }
}

impl Backends {
    fn rescue(&self) -> Result<&Clients, Fault> {
        self.rescue.as_ref().ok_or_else(|| {
            let message = "这里还没有开通救助管理的网上服务。有人需要帮助，请拨打110或者12345。";
            Fault::new(Code::NotFound, "NOT_OFFERED", message)
        })
    }
}
