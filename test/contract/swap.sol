// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

interface Token {
    function balanceOf(address) external view returns (uint256);
    function transfer(address, uint256) external returns (bool);
    function transferFrom(address, address, uint256) external returns (bool);
}

/// A coin as a token, in the shape of WETH9: wrapping and unwrapping are no transfers.
contract Wrapped {
    string public constant symbol = "WETH";
    uint8 public constant decimals = 18;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Approval(address indexed src, address indexed guy, uint256 wad);
    event Transfer(address indexed src, address indexed dst, uint256 wad);
    event Deposit(address indexed dst, uint256 wad);
    event Withdrawal(address indexed src, uint256 wad);

    receive() external payable {
        deposit();
    }

    function deposit() public payable {
        balanceOf[msg.sender] += msg.value;
        emit Deposit(msg.sender, msg.value);
    }

    function withdraw(uint256 wad) external {
        balanceOf[msg.sender] -= wad;
        payable(msg.sender).transfer(wad);
        emit Withdrawal(msg.sender, wad);
    }

    function approve(address guy, uint256 wad) external returns (bool) {
        allowance[msg.sender][guy] = wad;
        emit Approval(msg.sender, guy, wad);
        return true;
    }

    function transfer(address dst, uint256 wad) external returns (bool) {
        return move(msg.sender, dst, wad);
    }

    function transferFrom(address src, address dst, uint256 wad) external returns (bool) {
        if (src != msg.sender) allowance[src][msg.sender] -= wad;
        return move(src, dst, wad);
    }

    function move(address src, address dst, uint256 wad) internal returns (bool) {
        balanceOf[src] -= wad;
        balanceOf[dst] += wad;
        emit Transfer(src, dst, wad);
        return true;
    }
}

/// A pool of two tokens in the shape of UniswapV2Pair: constant product, three parts in a thousand for the pool.
contract Pair {
    address public immutable token0;
    address public immutable token1;
    uint112 internal reserve0;
    uint112 internal reserve1;

    event Swap(
        address indexed sender,
        uint256 amount0In,
        uint256 amount1In,
        uint256 amount0Out,
        uint256 amount1Out,
        address indexed to
    );
    event Sync(uint112 reserve0, uint112 reserve1);

    constructor(address a, address b) {
        token0 = a;
        token1 = b;
    }

    function getReserves() external view returns (uint112, uint112) {
        return (reserve0, reserve1);
    }

    function sync() public {
        reserve0 = uint112(Token(token0).balanceOf(address(this)));
        reserve1 = uint112(Token(token1).balanceOf(address(this)));
        emit Sync(reserve0, reserve1);
    }

    function swap(uint256 out0, uint256 out1, address to, bytes calldata) external {
        if (out0 > 0) Token(token0).transfer(to, out0);
        if (out1 > 0) Token(token1).transfer(to, out1);
        uint256 in0 = Token(token0).balanceOf(address(this)) + out0 - reserve0;
        uint256 in1 = Token(token1).balanceOf(address(this)) + out1 - reserve1;
        sync();
        emit Swap(msg.sender, in0, in1, out0, out1, to);
    }
}

/// A router through several pools, in the shape of UniswapV2Router02.
contract Router {
    address public immutable WETH;
    mapping(address => mapping(address => address)) public pairFor;

    constructor(address weth) {
        WETH = weth;
    }

    receive() external payable {}

    function register(address a, address b, address pair) external {
        pairFor[a][b] = pair;
        pairFor[b][a] = pair;
    }

    function swapExactTokensForTokens(
        uint256 amountIn,
        uint256,
        address[] calldata path,
        address to,
        uint256
    ) external {
        Token(path[0]).transferFrom(msg.sender, pairFor[path[0]][path[1]], amountIn);
        through(path, to);
    }

    function swapExactETHForTokens(uint256, address[] calldata path, address to, uint256) external payable {
        Wrapped(payable(WETH)).deposit{value: msg.value}();
        Token(WETH).transfer(pairFor[path[0]][path[1]], msg.value);
        through(path, to);
    }

    function swapExactTokensForETH(
        uint256 amountIn,
        uint256,
        address[] calldata path,
        address to,
        uint256
    ) external {
        Token(path[0]).transferFrom(msg.sender, pairFor[path[0]][path[1]], amountIn);
        through(path, address(this));
        uint256 out = Token(WETH).balanceOf(address(this));
        Wrapped(payable(WETH)).withdraw(out);
        (bool done, ) = to.call{value: out}("");
        require(done, "refused");
    }

    function through(address[] calldata path, address to) internal {
        for (uint256 i = 0; i + 1 < path.length; i++) {
            Pair pair = Pair(pairFor[path[i]][path[i + 1]]);
            bool first = pair.token0() == path[i];
            (uint112 a, uint112 b) = pair.getReserves();
            (uint256 near, uint256 far) = first ? (uint256(a), uint256(b)) : (uint256(b), uint256(a));
            uint256 given = (Token(path[i]).balanceOf(address(pair)) - near) * 997;
            uint256 out = (given * far) / (near * 1000 + given);
            address next = i + 2 < path.length ? pairFor[path[i + 1]][path[i + 2]] : to;
            pair.swap(first ? 0 : out, first ? out : 0, next, "");
        }
    }
}
