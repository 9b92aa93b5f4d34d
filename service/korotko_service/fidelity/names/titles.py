"""Words that carry a capital without being names: months, weekdays, offices, and the parts of long official names."""

from functools import lru_cache

from korotko_service.fidelity.numbers.months import month
from korotko_service.fidelity.numbers.number_words import Part, fold, number_word
from korotko_service.fidelity.numbers.weekdays import weekday

# Whole words in English, opening letters in Ukrainian and Russian: translators put such words in lower case, or in other words.
_ENGLISH = frozenset(
    """
    north south east west northern southern eastern western central upper lower
    middle new old great grand big little first second third thirty years year century ages age war world earth moon sun venus mars
    mercury jupiter saturn uranus neptune universe galaxy sea ocean lake river mountain mountains mount valley island islands isle cape
    bay gulf coast desert strait channel hemisphere pole pacific atlantic caspian caribbean arctic antarctic street avenue road square
    park garden gardens botanic botanical highway bridge gate castle palace tower hall house houses home town city village district county
    state states province territory republic kingdom empire union unions united federation federal national international global royal
    imperial public civil military army navy naval air force forces guard guards marine marines corps squadron leader fleet police service
    services security secret agency office bureau department ministry minister ministers secretary foreign internal affairs defence
    defense interior finance health education justice treasury commerce trade labour labor energy environment culture transport president
    presidential vice deputy prime premier chancellor governor mayor senator senate congress congressman assembly parliament council
    committee subcommittee commission commissioner court supreme high judge attorney general prosecutor chief director chairman chair head
    captain colonel major lieutenant sergeant admiral king queen prince princess duke duchess lord lady sir dame saint father mother pope
    bishop archbishop cardinal church cathedral holy god gods lord's bible bank banks reserve fund stock exchange market company
    corporation group holding inc ltd incorporated association society foundation organization organisation institute institution
    university college school academy center centre laboratory research science sciences medical medicine hospital clinic survey study
    games game cup league championship championships series final finals world's open olympic paralympic winter summer spring autumn
    tournament race club team player television broadcasting radio news press media times post daily journal magazine today herald tribune
    guardian mail telegraph papers book prize award awards medal star stars film festival show theatre theater museum gallery library
    opera orchestra hotel airport airlines airline airways station railway railways line lines ferry flight internet web network website
    app mr mrs ms miss dr doctor professor prof lt gen col sgt rep reps sen st jr sr black white red green blue golden silver oversight
    investigations investigation intelligence prevention protection liberation revolution independence democratic democrats democrat
    republican republicans conservative conservatives liberal liberals labour's socialist communist party parties coalition front movement
    government administration cabinet electoral election elections constitution act bill law treaty agreement convention charter protocol
    accord day days week night christmas easter eve english latin language virus covid disease impact fire water wide human rights people
    peoples nations nation native natives americans animals women men children youth workers victory glory hero patriot leader's space
    shuttle probe mission project program programme plan operation strategy system technology digital data social safety product products
    food drug drugs administration's welfare agriculture homeland emergency management relief aid cross community communities modern
    parenthood representative dumb article majesty aids four five members list heritage falls hills peninsula disorder true natural
    artificial policy disaster judiciary weather hazard assessment application beach counter metropolitan capitol prison order superpowers
    resistance industrial drivers naked running lands thrones fashion reborn independent schools hurricane hill parish blues plains
    northeast
    northwest southeast southwest beauty pass curse revenge council's committee's government's commons representatives chamber
    constituency region regions trans board boards trustee trustees fellow fellows commander commanders embassy ambassador ambassadors
    commonwealth communion scripture scriptures resurrection righteous freedom liberty merit charity charitable code ethics exhibition
    exhibitions exposition expositions fair regulation regulations renaissance medieval nationalist nationalists emperor empress privy
    criminal penal special communication communications information armed tour tours wild temple monastery abbey mosque knight knights
    dynasty throne orthodox evil good far near along forest circle strip nordic midwest midwestern orient country countries outer local
    interim auditory renal fungal personnel pupils translators musicians relatives refugees parrots bicycles hermits peasant peasants
    fishermen freshmen trees gospel gospels testament genesis sepulchre virgin ecumenical prophet prophet's scourge transfiguration
    epiphany dormition annunciation ascension assumption pentecost nativity thanksgiving passover shrovetide lent advent forgiveness
    midsummer milky mermaid tortoise magnificent lawgiver conqueror builder navigator wise younger wonder roundtable honour honor
    statistics economy agrarian accounting interest eurovision contest song chronicle tale campaign causeway stream pragmatic sanction
    forbidden rubber peanut apricot wedge straight way death
    sound canal creek brook delta glacier ridge ridges range plateau basin canyon cliffs harbor harbour dam reef cave caves woods swamp
    marshes crater shelf salt snake dead solar silk fertile crescent marble amber azure orange mirrors fibre fiber optics premiership
    separate mechanised mechanized brigade battalion regiment auditors greens
    trail meadow whit whitsun feast left right terrible illuminator uncle aunt granny grandpa falcon nest
    """.split()
)
_STEMS: dict[str, tuple[str, ...]] = {
    "uk": tuple(
        """
        понеділ вівтор серед четвер п'ятниц субот неділ північ південь півден схід східн захід західн централ верхн нижн середн нов стар
        велик мал перш друг трет тридцят двадцят земл місяц сонц венер марс меркурі юпітер сатурн уран нептун всесвіт світ море мор океан
        озер річк рік гор долин остр мис заток протока проток узбереж пустел тих атланти каспі кариб аркти антаркти вулиц проспект площ
        парк сад ботаніч шосе міст ворот замок палац веж будин дім місто район област округ край штат провінц територ республік королів
        королев імпер союз федера національ міжнарод державн народн цивіл військ збройн арм флот повітр сил гвард поліц служб безпек агент
        бюро департамент міністер міністр зовніш внутріш справ оборон фінанс охорон здоров освіт юстиц торг прац енерг культур транспорт
        президент прем'єр канцлер губерн мер сенат конгрес асамбле парламент рад верховн комітет підкоміт комісі суд генерал прокур голов
        директор палат представ принц князь герцог лорд лед сер пан свят отець пап церкв собор бог біблі банк фонд бірж корпор компан груп
        асоціац товариств фундац організац інститут універс коледж школ академ центр лабора дослідн медич лікарн ігор гран куб ліг чемпіон
        фінал зимов літн турнір клуб команд телебач телекан мовлен радіо новин прес газет журнал книг премі медал зірк фільм фестивал
        театр музе галере бібліот опер аеропорт авіа станц залізн інтернет мереж доктор професор чорн біл червон зелен синь золот нагляд
        розслід розвід звільн револю незалеж демократ республ консерват ліберал соціал комун парт коаліц рух уряд адміністр вибор конститу
        закон договір угод конвенц хартія протокол день різдв англій латин мов коронавірус вогонь люд прав націй жін діт молод перемог
        слав геро космі програм план операц стратег систем технолог цифров даних харч земельн спільн громад інкорпор помст прокля
        військово всесвітн опор водій оголен авіалін судов весня осінн німий німого німом статт сучасн батьківств зорян величн давн древн
        список льодовит комерц юридич дит чотир тридцятирічн міська місько сполуч об'єднан регіон сент морськ православ праведн посольств
        посол посла послу послом свобод воскрес господ лицар імператор імператриц головнокоманд співдруж криміналь благодій етичн виставк
        ярмар храм монастир мечет династ трон середньовіч відродж націоналіст кодекс регламент спеціальн орден держдеп держдум держмит
        держслужб держспец держстат держрезерв мінекон мінагр преображен водохрещ хрещенськ святвеч сочельн успен благовіщен вознесін
        масниц прощен богородиц
        богомат євангел заповіт країн вселенськ завойовник будівник мореплав законодав полярн селянськ чумацьк пишний пишног пишном
        мудрий мудрог мудром круглий круглог круглом коротк диво близьк шлях смерт стежк цариц трійц п'ятидесятниц богоявл лівобереж
        правобереж просвітител
        перськ дядьк дядя дядю тітк лігв промислов євроком європарл блакитн нацбанк нацпол нацгвард нацрад мінфін
        міноборон мін'юст мінцифр генсек
        генштаб генпрокур злий злого далек
        канал бухт печер скел кам'ян солон соляни зміїн мертв сонячн шовков родюч мармур бурштин лазур помаранч дзеркал хрест
        прем'єрліг окрем механізован бригад батальйон полк рахунков зелених санкт айленд саунд
        """.split()
    ),
    "ru": tuple(
        """
        понедел вторник сред четверг пятниц суббот воскрес север юг южн восток восточн запад централ верхн нижн средн нов стар велик больш
        мал перв втор трет тридцат двадцат земл лун солнц венер марс меркур юпитер сатурн уран нептун вселен мир море мор океан озер рек
        гор долин остров мыс залив пролив побереж пустын тих атланти каспи кариб аркти антаркти улиц проспект площад парк сад ботанич
        шоссе мост ворот замок замк двор башн дом город район област округ край штат провинц террит республик корол импер союз федера
        национал международн государ народн граждан воен войск вооруж арм флот воздуш сил гвард полиц служб безопас агент бюро департамент
        министер министр иностран внутрен дел оборон финанс охран здрав образов юстиц торг труд энерг культур транспорт президент премьер
        канцлер губерн мэр сенат конгресс ассамбле парламент совет верховн комитет подкоми комисси суд генерал прокур глав директор палат
        представ принц княз герцог лорд лед сэр свят отец пап церк собор бог бож библи банк фонд бирж корпор компан групп ассоциац обществ
        организац институт универс колледж школ академ центр лаборат исследов медицин больниц игр гран куб лиг чемпион финал зим лет
        турнир клуб команд телевид телекан вещан радио новост пресс газет журнал книг прем медал звезд фильм фестивал театр муз галере
        библиот опер аэропорт авиа станц желез интернет сет доктор професс черн бел красн зелен син золот надзор расслед развед освобожд
        револю независ демократ консерват либерал социал коммун парт коалиц движен правитель администр выбор конститу закон договор соглаш
        конвенц харти протокол ден рожд пасх англий латин язык коронавирус огонь люд прав наций жен дет молод побед слав геро косми
        програм план операц стратег систем технолог цифров данн пищ общин всемир авиалин судебн госсек генасс нед сопротив весен осенн
        немой немог стат соврем величес древн список торгов юридич детск четыр управлен член просвещ председ капитол соедин объедин
        инкорпор тридцатилетн военно месть прокл манш регион сент морск православ праведн посольств посол посла послу послом свобод воскрес
        господ рыцар император императриц королевск королевств главнокоманд содруж уголовн благотвор этическ выставк ярмар храм монастыр
        мечет династ трон средневек возрожд националист кодекс регламент специальн орден рождеств космическ северн госдеп госдум госслуж
        госстат госрезерв минэкон минагр преображен крещен сочельник успенск благовещен вознесен маслениц прощен богородиц богомат
        евангел завет стран вселенск завоевател строител мореплав законодат полярн крестьянск млечн великолепн мудрый мудрог мудром
        круглый круглог круглом коротк чудо ближн путь смерт троп цариц троиц пятидесятниц богоявл левобереж правобереж просветител
        персидск дядя дяди дядю дядей
        тетя промышлен еврокомис европарл голубой голубог голубая голубую голубые голубых нацбанк нацпол
        нацгвард минфин миноборон минюст минцифр генштаб генпрокур злой злого дальн
        канал бухт пещер скал каменн солен соляни змеин мертв солнечн шелков плодород мрамор янтар лазурн лазурь оранжев зеркал крест
        премьерлиг отдельн механизир бригад батальон полк счетн зеленых санкт айленд саунд
        """.split()
    ),
}
_SHORT, _ENDING = 5, 4  # «зелен» opens «Зелений», but also «Зеленський»: after a short stem only an ending may come
_LONG_STEMS = {language: tuple(stem for stem in stems if len(stem) > _SHORT) for language, stems in _STEMS.items()}
_SHORT_STEMS = {language: tuple(stem for stem in stems if len(stem) <= _SHORT) for language, stems in _STEMS.items()}


@lru_cache(maxsize=16_384)
def is_title(word: str, language: str) -> bool:
    """Tell whether a word with a capital is no name by itself: translations write it otherwise or not at all."""
    lowered = fold(word)
    number = number_word(lowered, language)
    if month(word, language) or (number is not None and number.part is not Part.HINT):  # «сто» also opens «Стокгольм»
        return True
    if language == "en":
        return lowered.removesuffix("'s") in _ENGLISH or weekday(lowered, language) is not None
    if lowered.startswith(_LONG_STEMS[language]):
        return True
    short = _SHORT_STEMS[language]
    is_short = len(lowered) <= _SHORT + _ENDING and lowered.startswith(short)
    return is_short and any(lowered.startswith(stem) and len(lowered) - len(stem) <= _ENDING for stem in short)
