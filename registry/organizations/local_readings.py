"""How characters are read in names of places and families where the dictionary says otherwise.

`readings.distil` puts this into its table. The dictionary of pypinyin knows 重庆, 长寿 and 厦门; what it reads as in running text, or does not
know, stands here. A family name is told from a word only by what stands beside it.
"""

#: A character by itself: in names of organizations these are families and places.
ALONE = {
    "曾": "ZENG",
    "都": "DU",
    "翟": "ZHAI",
    "覃": "QIN",
    "仇": "QIU",
    "缪": "MIAO",
    "乜": "NIE",
    "泊": "BO",
    "卜": "BU",
    "朴": "PIAO",
    "冼": "XIAN",
    "查": "CHA",
}

#: Words, as their syllables: counties and towns, families, and words of the field.
WORDS = {
    "单县": "SHAN XIAN",
    "单氏": "SHAN SHI",
    "单亲": "DAN QIN",
    "亲家庭": "QIN JIA TING",
    "解氏": "XIE SHI",
    "解州": "HAI ZHOU",
    "查氏": "ZHA SHI",
    "区氏": "OU SHI",
    "盖州": "GAI ZHOU",
    "盖氏": "GE SHI",
    "尉氏": "WEI SHI",
    "尉犁": "YU LI",
    "会稽": "KUAI JI",
    "长宁": "CHANG NING",
    "长乐": "CHANG LE",
    "长征": "CHANG ZHENG",
    "长虹": "CHANG HONG",
    "什邡": "SHI FANG",
    "峨边": "E BIAN",
    "朝天区": "CHAO TIAN QU",
    "燕郊": "YAN JIAO",
    "燕山": "YAN SHAN",
    "朴实": "PU SHI",
    "朴素": "PU SU",
    "质朴": "ZHI PU",
    "纯朴": "CHUN PU",
    "曾经": "CENG JING",
    "未曾": "WEI CENG",
    "不曾": "BU CENG",
    "仇恨": "CHOU HEN",
    "湖泊": "HU PO",
    "萝卜": "LUO BO",
    "重走": "CHONG ZOU",
    "重生": "CHONG SHENG",
    "重逢": "CHONG FENG",
    "爱乐": "AI YUE",
    "国乐": "GUO YUE",
    "器乐": "QI YUE",
    "声乐": "SHENG YUE",
    "单雄信": "SHAN XIONG XIN",
    "单田芳": "SHAN TIAN FANG",
    "查良镛": "ZHA LIANG YONG",
    "区块": "QU KUAI",
}
