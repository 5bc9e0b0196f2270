//! Calls of the child service beyond its cases; one file for each contract.

use tonic::transport::Channel;
use yiwang_chassis::{
    fault::{Code, Fault},
    grpc,
};
use yiwang_proto::{
    casework::v1::casework_client::CaseworkClient,
    child::v1::{
        adoption_client::AdoptionClient, entitlements_client::EntitlementsClient,
        projects_client::ProjectsClient, protection_client::ProtectionClient,
        tasks_client::TasksClient, welfare_client::WelfareClient,
    },
};

use super::{Backends, Service};

mod access;
mod adoption;
mod entitlements;
mod projects;
mod protection;
mod tasks;
mod welfare;

/// The service's name among those behind the gateway.
pub(super) const NAME: &str = "child";

/// One client for each contract, over one channel.
pub(super) struct Clients {
    /// Its cases are the closed ones.
    access: Service<CaseworkClient<Channel>>,
    adoption: Service<AdoptionClient<Channel>>,
    entitlements: Service<EntitlementsClient<Channel>>,
    projects: Service<ProjectsClient<Channel>>,
    protection: Service<ProtectionClient<Channel>>,
    tasks: Service<TasksClient<Channel>>,
    welfare: Service<WelfareClient<Channel>>,
}

impl Clients {
    /// Connects lazily.
    pub(super) fn connect(uri: &str) -> anyhow::Result<Self> {
        let channel = grpc::client::channel(uri)?;
        Ok(Self {
            access: Service::of(NAME, CaseworkClient::new(channel.clone())),
            adoption: Service::of(NAME, AdoptionClient::new(channel.clone())),
            entitlements: Service::of(NAME, EntitlementsClient::new(channel.clone())),
            projects: Service::of(NAME, ProjectsClient::new(channel.clone())),
            protection: Service::of(NAME, ProtectionClient::new(channel.clone())),
            tasks: Service::of(NAME, TasksClient::new(channel.clone())),
            welfare: Service::of(NAME, WelfareClient::new(channel)),
        })
    }
}

impl Backends {
    fn child(&self) -> Result<&Clients, Fault> {
        self.child.as_ref().ok_or_else(|| {
            let message = "这里还没有开通儿童保护的网上服务。孩子有危险，请马上拨打110；\
                           其他情况请拨打12345或者找村（居）委会。";
            Fault::new(Code::NotFound, "NOT_OFFERED", message)
        })
    }
}
