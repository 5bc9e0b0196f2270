//! Search notices 寻亲公告 and the clocks of the search.

use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// What stands on the board, the latest first.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn search_notices(
        &self,
        request: pb::ListNoticesRequest,
    ) -> Result<pb::NoticeList, Fault> {
        rpc!(self.rescue.notices.list_notices, None, request)
    }

    /// One of them.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn search_notice(&self, id: &str) -> Result<pb::Notice, Fault> {
        let request = pb::GetNoticeRequest { id: id.to_owned() };
        rpc!(self.rescue.notices.get_notice, None, request)
    }

    /// Which file the photograph of a notice is.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn notice_photo(&self, reference: &str) -> Result<pb::NoticePhoto, Fault> {
        let request = pb::GetNoticePhotoRequest {
            reference: reference.to_owned(),
        };
        rpc!(self.rescue.notices.get_notice_photo, None, request)
    }

    /// Every step of the search for the person of a stay.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn search_duties(
        &self,
        who: impl Into<Identity>,
        case_number: &str,
    ) -> Result<Vec<pb::SearchDuty>, Fault> {
        let who = who.into();
        let request = pb::ListSearchDutiesRequest {
            case_number: case_number.to_owned(),
        };
        rpc!(self.rescue.notices.list_search_duties, Some(&who), request).map(|list| list.duties)
    }

    /// The red list of the caller's regions.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn late_search_duties(
        &self,
        who: impl Into<Identity>,
        request: pb::ListLateSearchDutiesRequest,
    ) -> Result<pb::SearchDutyList, Fault> {
        let who = who.into();
        rpc!(
            self.rescue.notices.list_late_search_duties,
            Some(&who),
            request
        )
    }
}
