//! Code lists of the street (rules R01, R14).

yiwang_casework::code_list! {
    /// How a visit ended.
    Outcome {
        Told = "told", "群众反映，还没有去";
        Willing = "willing", "愿意到站求助";
        Declined = "declined", "不愿意到站，就地劝导、救助";
        Medical = "medical", "突发疾病、受伤，送医";
        Police = "police", "交公安机关";
        NotFound = "not_found", "没有找到人";
    }
}

yiwang_casework::code_list! {
    /// Whom the law makes one lead or bring to the station (国务院令第381号第五条).
    Group {
        Minor = "minor", "未成年人";
        Elder = "elder", "老年人";
        Disabled = "disabled", "残疾人";
        HardToMove = "hard_to_move", "行动不便";
    }
}

yiwang_casework::code_list! {
    /// Who goes along on a patrol.
    Partner {
        Civil = "civil", "民政";
        Police = "police", "公安";
        Urban = "urban", "城管";
        Community = "community", "社区";
        Volunteer = "volunteer", "志愿者";
    }
}

yiwang_casework::code_list! {
    /// What a campaign is for.
    CampaignKind {
        Winter = "winter", "冬季送温暖";
        Summer = "summer", "夏季送清凉";
        Kin = "kin", "大爱寻亲";
    }
}

yiwang_casework::code_list! {
    /// Colour of a weather alert, from the mildest.
    Level {
        Blue = "blue", "蓝色预警";
        Yellow = "yellow", "黄色预警";
        Orange = "orange", "橙色预警";
        Red = "red", "红色预警";
    }
}

yiwang_casework::code_list! {
    /// What a weather alert is about.
    Weather {
        Cold = "cold", "寒潮、低温";
        Heat = "heat", "高温";
    }
}

impl Weather {
    /// The campaign it opens.
    #[must_use]
    pub fn campaign(self) -> CampaignKind {
        match self {
            Self::Cold => CampaignKind::Winter,
            Self::Heat => CampaignKind::Summer,
        }
    }
}
