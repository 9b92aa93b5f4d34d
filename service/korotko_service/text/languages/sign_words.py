"""Common words that few languages share: "languages: words", where "X*" means every word that begins with X.

Written by hand for short news, titles and greetings. A line names every language among the likely ones that has its words, so that a
word of both Russian and Bulgarian distinguishes them from Ukrainian, but not from each other.
"""

CYRILLIC = """
uk: це ці цієї що щоб якщо який яка яке які якого якої яким яких якому якій після із зі цей ця цього цьому цим цих тієї тією тій вона вони
uk: його її їх їм їхній їхня був були бути будуть було є немає вже лише тільки навіть ніж й наразі нині зараз сьогодні учора вчора торік
uk: цьогоріч увечері вранці вночі тижня тиждень тижні тижнів року рік років роки місяць місяця місяців днів мають має можуть мій щодо
uk: проти під від також чому ніхто ніщо нічого нікого дуже більше менше краще гірше адже свій своє свої свого своїх своєї мені тобі щось
uk: хтось іноді завжди ніколи досі звідки привіт дякую дякуємо вітаю вітаємо вітання пробачте вибачте добрий доброго побачення бувай
uk: ласкаво він воно ані отже однак водночас зокрема наприклад тощо скільки кілька декілька багато кожен кожна кожного перший перша перше
uk: другий третій третя п'ять шість сім вісім дев'ять тисяч тисячі мільйон* мільярд* гривень гривні гривня ухвал* уряд* урядов* виправда*
uk: повідом* розпові* запев* наголос* зазнач* підкресл* оголос* зупин* припин* почав почала почали розпоч* закінч* відбу* відкр* відмов*
uk: відстав* відкла* відпов* віднов* відлі* відзнач* вирі* вирок* виступ* висун* випусти* виплат* випав* вибух* виграв* виграл* викон*
uk: викори* викри* вилуч* вимаг* вимог* виник* вироб* витрат* вихід вихор загин* поран* постражд* травмов* врят* рятув* пожеж* стріл*
uk: потяг* літак* війн* військ* збройн* зброя зброї зсу перемог* переміг* поразк* ворог* ворож* кордон* безпек* небезпек* місто міста
uk: місті містах міський міська міськ* мешкан* житт* жінк* чолові* дитин* діти дітей батьк* освіт* школяр* вчител* учн* учень лікар*
uk: лікув* хвор* країн* україн* росі* росій* європ* німеч* поліц* поліціян* слідч* суддя судді суддів підозр* затрим* заарешт* арешт*
uk: ув'язн* звинувач* обвинувач* корупці* податк* ціни цін цінам коштів кошти грош* гроші ринок ринку відсотк* зрост* зріс зросла зросли
uk: зниж* підвищ* подорожч* подешевш* знизи* збільш* зменш* підприєм* працівник* праця праці працю* звільн* призначи* очол* міністр*
uk: зустрі* санкці* допомог* підтрим* захист* захищ* потрапи* голосув* обрал* обран* кандидатк* збірн* чемпіон* змаг* гравець гравці
uk: гравця січн* лютий березн* квітн* травня травень червн* серпн* жовтн* понеділ* вівтор* середу п'ятниц* неділ* снігопад* вітер вітру
uk: сонц* повін* повен* землетрус* будин* будів* побудув* вулиц* річк* річц* фільм* кінотеатр* свято свята ціка* дослід* науков* вчен*
uk: винай* дівч* кіт коти тварин* рослин* їжа хліб* м'яс* яблук* пішов пішла пішли йде йдуть поїхав поїхала приїхав прибув прибула прибули
uk: пройшов вийшов зайшов знайш* знайд* зник* втрат* загроз* вважа* відом* невідом* важлив* останн* новий нові великі малий молодий старий
uk: сильний сильна перші усього всього усіх всіх усім всім усьому зробив зробила зробили каже кажуть отрим* надісл* пенсі* лікарн* загибл*
uk: ніч ночі дні вечір вечора ранок ранку дзвін* комп'ют* застосун* користувач* дивіться стежте деталі подробиці раніше пізніше незабаром
uk: щодня щороку влада влади владу владою головне громади громаді громадян* полоні полону полонен* шлях шляху шляхи площа площі площу
uk: хлопець хлопц* письменник* письменниц* спека спеки спекою хабар хабарі хабаря попередж* попередн* заклик* домовл* домовил* угода угоди
uk: угоду угодою помилк* зверну* обстріл* липня липень липні вересня вересень грудня грудень грудні наступного наступної мереж* співак*
uk: співачк* гривню держава держави державу державою новина новини новину новинами купівля помер померла померли помирають польща польщі
uk: польщу зарплатня перемовин* колишній колишня колишнього святкув* святков* дощі дощу дощем оголош* оголоси* розрах* розслід* тобто
uk: ціна ціною майже навколо телефонуйте силует жоден жодна жодного тепер зазвичай радше поет поета поети оплески
ru: что чтобы если который которая которое которые которого которой которых которым которому это этот эта эти этого этой этому этим этих
ru: его ее её ему ей был была было были быть будет будут есть нет только лишь даже еще ещё сейчас теперь сегодня когда где кто почему
ru: потому никто ничто ничего никого вместе очень больше меньше лучше хуже надо нужно можно может могут должен должна должны хотя либо
ru: несмотря однако поэтому например сколько несколько каждый каждая каждого первый первая первое второй вторая третий третья пять шесть
ru: семь восемь девять тысяч тысячи рублей рубля привет спасибо здравствуй* пожалуйста извините простите доброе хорошо свидания приветств*
ru: года году лет месяц месяца месяцев неделю дней утром вечером ночью ко изо обо мы вы мне тебя себя своего своей своих своим всего всех
ru: всем всему сообщ* рассказ* расск* объяв* объясн* заявил подчеркн* отмети* закончи* откры* отказ* отстав* отлож* ответ* восстан*
ru: выступ* выдвин* выпуст* выплат* выбор* взрыв* выигр* выполн* использ* правительств* власти властей власть главный главная погиб
ru: погибла погибли погибш* умер умерла умерли обстрел* поезд* самолёт* войны войне вооруж* оруж* пораж* наступл* безопасн* города городе
ru: городской городская городск* жизн* женщин* мужчин* ребен* ребён* детей семь* семей* ученик* врач* лечени* здоровь* больниц* больн*
ru: государств* страны стране стран украинск* киевск* россий* росси* польш* полицей* следовател* судья судьи судей задерж* арестов* взятк*
ru: коррупц* налог* цены цен деньги денег рынок рынк* вырос* повыс* сниз* снижен* уменьш* предприят* работник* уволь* уволен* возглав*
ru: министерств* встреч* соглаш* поддерж* защит* защищ* попал* ошибк* обращ* сборн* соревн* игрок* пятниц* суббот* снегопад* ветер солнц*
ru: землетряс* построи* площад* музее музея певиц* актёр* актер* новост* исследов* учён* учены* изобре* мальчик* девочк* девушк* парень
ru: животн* растени* еда хлеб* яблок* мэр* ушёл ушел ушла ушли пришёл пришел пришла пришли едет едут поехал* приехал* прибыл* прошёл
ru: прошел вышел зашёл нашёл нашел нашли потеря* угроз* счита* извест* бывш* новый новая новое новые большой большая большие молодой
ru: старый сильный сделал* говорит говорят отправ* продаёт продает падает растет растёт погибнет приговор* ночи вечер утра компьют*
ru: приложени* пользовател* смотрите следите подробности ранее позднее позже ежедневно ежегодно биржа бирже биржи ерунда признаю отопл*
ru: госдум* иск истц* спасател* спасли спасен* обвинил* обвиня* вернулся вернулась вернулись певец найден* найти четверг воскресень*
ru: строительств* построен* ранены ранение известно маленькая маленькие здание здания учителей здании стрельб* голосование голосования
ru: звоните зачем возле пока обвинения обвинение обвинению обвинений обвинён обвинены обвинена исчезла исчезли расследов* рассчит*
ru bg: около почти вместо
uk be: але або як хто бо чи
bg: е са със че към беше бяха който която което които днес също този тази тези това няма обаче според българия софия трябва бъде бъдат
bg: какво къде кога защо повече няколко лева хората години голямо във обича избрани имате вашия вашата страницата почина известен известна
bg: цените министърът съдът изборите
mk: дека биде биле овој оваа кој која кои денес македонија скопје ќе
sr: је није нису који које ове овај ова ово али данас јуче србија београд ће биће због сте унесите изаберите овде
be: што гэта гэты гэтая ёсць будзе каб калі таксама якія яго яны толькі пасля сёння беларус* мінск* вельмі дзе паведам* прысуд прысуду
be: урад ураду кошт памёр надвор'е
uk bg sr mk: мене добре
ru bg: решени* полици* следств* назнач* помощ* избра* получ* оправда* опасн* границ* самолет* улиц* утро побед* обществ* детск* образован*
ru bg: европей* германи* важн* пожарн* враг* увелич* решил* начал начали состо* строи* дожд* избир* благодар* писател* предупре* родител*
ru bg: научн* интересн* поздравл* последн* войск* воен* наводн* подозр* пострадал* пострадавш*
uk ru be: для
ru kk ky tg tt ba mn bg mk sr: август августа
ru kk ky tg tt ba: январь января феврал* апрел* июнь июня июль июля сентябр* октябр* ноябр* декабрь декабря миллион* миллиард* министр*
ru kk ky tg tt ba: рубль понедельник чемпион* чемпионат* фильм
uk ru: собою тобою мною себе учитель учителя маленький будьте
ru sr mk: скоро
ru bg mk: вторник
kk: және бұл үшін болып бойынша деп
tg: ва дар ба ин ки барои аст апрел феврал сентябр октябр ноябр декабр
ky: жана бул менен үчүн
tt: һәм белән бу өчен
ru sr: министра министру министром
ru be: вынес вынесли
"""

LATIN = """
en: the and with from that this these those which who whom whose what when where why how there their they them his him she it its you your
en: our us my i'm isn't don't didn't won't can't doesn't wasn't it's he's she's i've we're they're you're that's what's are were been
en: being has have does did doing would should could might must shall cannot into onto about after before between against through during
en: without within because while until since although though however despite every each both either neither another other others some many
en: much more less least few several enough than then too very quite just only yet already again always never often sometimes today
en: tomorrow yesterday tonight month year day night morning evening afternoon monday tuesday wednesday thursday friday saturday sunday
en: january february june july october one two three five seven eight nine eleven twelve twenty thirty forty fifty hundred thousand first
en: second third next new old young good better worse big small little short high low early late right wrong own same different great
en: hello goodbye bye welcome thanks thank please sorry yes congratulations cheers dear world people woman women child children boy girl
en: mother father brother sister wife husband daughter friend family house home town street road bridge building teacher pupil university
en: nurse health care council judge lawyer officer jail murder killed kill kills died dead death deaths injure injured wounded hurt
en: crashes fires blaze flood floods storms hits strike strikes attack attacks bombing shooting shot gunman soldier troops weapon missiles
en: peace talks ceasefire deals agree agrees agreed agreement sign signed treaty meet meets leader leaders government parliament lawmaker
en: election elections vote votes voter poll polls parties law laws bills rule rules ruling tax taxes spending cuts rise rises rising
en: falling drop drops price prices stock stocks share shares markets growth trade work works worker workers pay paid wages money loan
en: debt rates cost costs sell sells sold buy buys bought company companies owner chief quit quits resign resigns resigned resignation
en: fired sacked appoint appointed appoints wins won loses lost beats beaten defeat game games player players season league goal goals
en: scored say says said tell tells told ask asks asked calls called claim claims warns warned urges deny denies admit admits reveal
en: reveals reports reported show shows showed shown find finds found make makes made take takes took taken give gives gave given get gets
en: got goes went gone come came sees seen know knows knew known think thinks thought want wants need needs look looks uses used try tries
en: tried leave leaves keep keeps kept holds held brings brought begins began starts started stops stopped ends ended opens opened close
en: closes closed move moves moved turns turned runs running stood break breaks broke broken build builds built sends spend spent speak
en: speaks spoke spoken write writes wrote written hear heard feel grow grows grew growing away up off around across along behind beyond
en: toward towards here weather rain snow cold heat summer autumn sky lake river mountain earth bread meat milk dog horse bird fish tree
en: flower news newspaper story stories song movie writer artist singer king queen church faith power oil coal scientist scientists
en: studies research researchers space moon ship ships boat plane flight airport cars driver drivers truck black white green brown free
en: half whole easy strong weak heavy light dark rich poor sick ready sure able likely unlikely breaking thing things something anything
en: nothing everything someone anyone everyone nobody way ways life lives living times hour hours answer answers issues reason reasons
en: results help helps helped hope hopes fear fears planned changed charged search arrests arrested release released missing victim
en: victims witness evidence guilty sentenced thief theft stolen robbery visits visited return returns returned arrive arrives arrived
en: travel travels wedding birth born let's british english scottish welsh irish american russian ukrainian french polish chinese russia
en: britain wales scotland poland spain kingdom united former
de: der das und ist nicht mit für auf ein eine einer eines einem den dem sich auch nach bei aus wird werden wurde sind haben hatte über
de: zum zur vom beim ich wir ihr sie aber oder wenn noch nur kein keine mehr als wie neue neuer neues jahr jahre gegen
fr: le les des une dans pour avec sur pas qui plus sont été cette ces aux elle nous vous leur après chez contre selon mais mes tes ses nos
fr: vos votre notre être
pl: się nie jest że dla przez oraz był była było przy już także został została przed tylko roku lat w z nad
es: el los las por para más pero está fue muy sus según hoy año años
it: gli della di nel alla dalla degli sono è anche più dopo questo
nl: het een van niet zijn voor naar ook door wordt werd maar deze dit heeft
pcm: dey wey una don sey abeg wetin im na
sv: och att det som är på till inte ett
en nl: of school water week best even last we
en fr: court village missile questions issue changes charges large
en es: mayor sea hospital doctor comes
en de: city boss rate
en nl sv: storm
en ca: any
en da: time felt december
en de ca: dies
"""
