"""English words that stand for numbers, one value a line: "part values: forms"."""

LINES = """
cardinal 1: one
cardinal 2: two
cardinal 3: three
cardinal 4: four
cardinal 5: five
cardinal 6: six
cardinal 7: seven
cardinal 8: eight
cardinal 9: nine
cardinal 10: ten
cardinal 11: eleven
cardinal 12: twelve
cardinal 13: thirteen
cardinal 14: fourteen
cardinal 15: fifteen
cardinal 16: sixteen
cardinal 17: seventeen
cardinal 18: eighteen
cardinal 19: nineteen
cardinal 20: twenty
cardinal 30: thirty
cardinal 40: forty
cardinal 50: fifty
cardinal 60: sixty
cardinal 70: seventy
cardinal 80: eighty
cardinal 90: ninety
hundred 100: hundred
scale 1000: thousand thousands
scale 100000: lakh lakhs
scale 1000000: million millions mn mln
scale 10000000: crore crores
scale 1000000000: billion billions bn bln
scale 1000000000000: trillion trillions tn trln
ordinal 1: first
ordinal 2: second
ordinal 3: third
ordinal 4: fourth
ordinal 5: fifth
ordinal 6: sixth
ordinal 7: seventh
ordinal 8: eighth
ordinal 9: ninth
ordinal 10: tenth
ordinal 11: eleventh
ordinal 12: twelfth
ordinal 13: thirteenth
ordinal 14: fourteenth
ordinal 15: fifteenth
ordinal 16: sixteenth
ordinal 17: seventeenth
ordinal 18: eighteenth
ordinal 19: nineteenth
ordinal 20: twentieth twenties
ordinal 30: thirtieth thirties
ordinal 40: fortieth forties
ordinal 50: fiftieth fifties
ordinal 60: sixtieth sixties
ordinal 70: seventieth seventies
ordinal 80: eightieth eighties
ordinal 90: ninetieth nineties
hint 0: zero nil scoreless goalless
hint 0 24 12: midnight
hint 12: noon midday
hint 0.5 50: half halves halved
hint 3: threes
hint 4: fours
hint 5: fives
hint 6: sixes
hint 7: sevens
hint 8: eights
hint 9: nines
hint 2: both twice double doubled doubles doubling twofold couple pair pairs twin dual duo bilateral brace semi semifinal semifinals
hint 3: thrice triple tripled tripling threefold trio treble thirds
hint 0.25 4 15 25: quarter quarters
hint 4: quadruple quartet fourfold quarterfinal quarterfinals
hint 5: fivefold quintet fifths
hint 12 10: dozen dozens
hint 10: decade decades tens tenfold
hint 14 2: fortnight
hint 100: century centuries hundreds centenary centenarian centenarians hundredth
hint 200: bicentenary bicentennial
hint 1000: millennium thousandth
hint 1000000: millionth millionaire
hint 1000000000: billionaire
"""
