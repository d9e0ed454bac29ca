// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// A stablecoin as Tether's behaves: the issuer may freeze, destroy what is frozen, and take a fee of each transfer.
contract Stable {
    string public symbol;
    uint8 public constant decimals = 6;
    address public owner = msg.sender;
    uint256 public feeBasisPoints;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    mapping(address => bool) public isBlackListed;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    event AddedBlackList(address user);
    event RemovedBlackList(address user);
    event DestroyedBlackFunds(address user, uint256 value);

    constructor(string memory name) {
        symbol = name;
    }

    function mint(address to, uint256 value) external {
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function setFee(uint256 points) external {
        feeBasisPoints = points;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        move(from, to, value);
        return true;
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function addBlackList(address user) external {
        isBlackListed[user] = true;
        emit AddedBlackList(user);
    }

    function removeBlackList(address user) external {
        isBlackListed[user] = false;
        emit RemovedBlackList(user);
    }

    function destroyBlackFunds(address user) external {
        require(isBlackListed[user], "not frozen");
        uint256 value = balanceOf[user];
        balanceOf[user] = 0;
        emit DestroyedBlackFunds(user, value);
    }

    function move(address from, address to, uint256 value) internal {
        require(!isBlackListed[from], "frozen");
        uint256 fee = (value * feeBasisPoints) / 10000;
        balanceOf[from] -= value;
        balanceOf[to] += value - fee;
        emit Transfer(from, to, value - fee);
        if (fee > 0) {
            balanceOf[owner] += fee;
            emit Transfer(from, owner, fee);
        }
    }
}

/// Emits what a token emits and holds nothing: address poisoning by events.
contract Fake {
    string public constant symbol = "USDT";
    uint8 public constant decimals = 6;
    event Transfer(address indexed from, address indexed to, uint256 value);

    function pretend(address from, address to, uint256 value) external {
        emit Transfer(from, to, value);
    }
}

/// A wallet that pays when its owner says so: internal transfers.
contract Wallet {
    receive() external payable {}

    function pay(address payable to, uint256 value) external {
        (bool done, ) = to.call{value: value}("");
        require(done, "refused");
    }

    function tryPay(address payable to, uint256 value) external {
        (bool done, ) = to.call{value: value, gas: 30000}("");
        done;
    }
}

/// Takes no money.
contract Closed {
    receive() external payable {
        revert("closed");
    }
}

/// Passes every call on to another contract's code.
contract Proxy {
    address public immutable target;

    constructor(address to) {
        target = to;
    }

    fallback() external payable {
        address to = target;
        assembly {
            calldatacopy(0, 0, calldatasize())
            let ok := delegatecall(gas(), to, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            switch ok
            case 0 { revert(0, returndatasize()) }
            default { return(0, returndatasize()) }
        }
    }

    receive() external payable {}
}
