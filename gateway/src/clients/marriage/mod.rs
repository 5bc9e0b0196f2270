//! Calls of the marriage service beyond its cases: halls, register, archive.

use tonic::transport::Channel;
use yiwang_chassis::{
    fault::{Code, Fault},
    grpc,
};
use yiwang_proto::marriage::v1::{
    archive_client::ArchiveClient, halls_client::HallsClient, register_client::RegisterClient,
};

use super::{Backends, Service};

mod archive;
mod halls;
mod register;
mod setup;

pub use halls::free_times;

/// The service's name among those behind the gateway.
pub(super) const NAME: &str = "marriage";

/// One client for each contract, over one channel.
pub(super) struct Clients {
    halls: Service<HallsClient<Channel>>,
    register: Service<RegisterClient<Channel>>,
    archive: Service<ArchiveClient<Channel>>,
}

impl Clients {
    /// Connects lazily.
    pub(super) fn connect(uri: &str) -> anyhow::Result<Self> {
        let channel = grpc::client::channel(uri)?;
        Ok(Self {
            halls: Service::of(NAME, HallsClient::new(channel.clone())),
            register: Service::of(NAME, RegisterClient::new(channel.clone())),
            archive: Service::of(NAME, ArchiveClient::new(channel)),
        })
    }
}

impl Backends {
    fn marriage(&self) -> Result<&Clients, Fault> {
        self.marriage.as_ref().ok_or_else(|| {
            let message = "这里还没有开通婚姻登记的网上服务，请直接到婚姻登记处办理。";
            Fault::new(Code::NotFound, "NOT_OFFERED", message)
        })
    }
}
